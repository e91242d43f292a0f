namespace ModelGen;

/// <summary>
/// How images of another size come to the network's. Resampling is bilinear and, where it shrinks, over all pixels that an output pixel
/// covers (antialiased): bit for bit what Pillow's and torchvision's <c>BILINEAR</c> give for the decoded image.
/// </summary>
public enum Resize
{
    /// <summary>Not at all: an image of another size is refused.</summary>
    None,

    /// <summary>To the height and width as they are, whatever that does to proportions: torchvision's <c>Resize((H, W))</c>.</summary>
    Stretch,

    /// <summary>The whole image in its proportions, centered on black: Pillow's <c>ImageOps.pad</c>.</summary>
    Fit,

    /// <summary>
    /// In its proportions, so that it just covers the size, and what sticks out is cut off evenly: torchvision's <c>Resize(S)</c> and
    /// <c>CenterCrop(S)</c> for a square.
    /// </summary>
    Crop,
}
