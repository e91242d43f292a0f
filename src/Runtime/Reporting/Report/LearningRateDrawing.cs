using System.Globalization;
using System.Text;
using ModelGen.Training;

namespace ModelGen.Reporting.Report;

/// <summary>
/// Draws a range test as SVG, light or dark as its viewer is: the loss against the learning rate, smoothed and not, and the suggestion. A file of its
/// own can't have a page's text for its labels, as <see cref="Chart"/> does.
/// </summary>
internal sealed class LearningRateDrawing
{
    // Pixels.
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 64;
    private const int Right = 24;
    private const int Top = 48;
    private const int Bottom = 52;

    private readonly StringBuilder _shapes = new();
    private readonly Axis _rates;
    private readonly Axis _losses;

    private LearningRateDrawing(LearningRateResult result)
    {
        _rates = Axis.OfMagnitudes(result.Points[0].LearningRate, result.Points[^1].LearningRate);
        _losses = Axis.FromZero(0, result.Ceiling);
    }

    /// <summary>The drawing of a test with at least one point.</summary>
    public static string Of(string model, LearningRateResult result)
    {
        var drawing = new LearningRateDrawing(result);
        foreach (var (value, label) in drawing._losses.Ticks)
            drawing.Add($"<path class=\"grid\" d=\"M{Left} {drawing.Y(value)}H{Width - Right}\"/><text class=\"end\" x=\"{Left - 8}\" y=\"{drawing.Y(value) + 4}\">{label}</text>");
        foreach (var (value, label) in drawing._rates.Ticks)
            drawing.Add($"<text class=\"middle\" x=\"{drawing.X(value)}\" y=\"{Height - Bottom + 20}\">{label}</text>");
        if (result.Suggestion is { } rate)
        {
            drawing.Add($"<path class=\"mark\" d=\"M{drawing.X(rate)} {Top}V{Height - Bottom}\"/>");
            drawing.Add($"<text class=\"middle\" x=\"{drawing.X(rate)}\" y=\"{Top - 6}\">{Numbers.Short(rate)}</text>");
        }

        drawing.Line("raw", result.Points, point => point.Loss);
        drawing.Line("smooth", result.Points, point => point.Smoothed);
        return drawing.Complete(model);
    }

    private string Complete(string model) => string.Create(CultureInfo.InvariantCulture, $$"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{Height}}" viewBox="0 0 {{Width}} {{Height}}" font-family="system-ui, sans-serif" font-size="12">
        <style>
        .back{fill:#fff}text{fill:#57606a}.title{font-size:16px;font-weight:600;fill:#1f2328}.middle{text-anchor:middle}.end{text-anchor:end}
        .grid{stroke:#d0d7de}.raw,.smooth,.mark{fill:none}.raw{stroke:#afb8c1}.smooth{stroke:#0969da;stroke-width:2}.mark{stroke:#bc4c00;stroke-dasharray:4 3}
        @media (prefers-color-scheme: dark){
        .back{fill:#0d1117}text{fill:#adbac7}.title{fill:#e6edf3}.grid{stroke:#30363d}.raw{stroke:#484f58}.smooth{stroke:#388bfd}.mark{stroke:#e3b341}
        }
        </style>
        <clipPath id="plot"><rect x="{{Left}}" y="{{Top}}" width="{{Width - Left - Right}}" height="{{Height - Top - Bottom}}"/></clipPath>
        <rect class="back" width="100%" height="100%"/>
        <text class="title" x="{{Left}}" y="22">{{System.Security.SecurityElement.Escape(model)}}: loss by learning rate</text>
        {{_shapes}}<text class="middle" x="{{(Left + Width - Right) / 2}}" y="{{Height - 10}}">learning rate</text>
        </svg>

        """).Replace("\r\n", "\n", StringComparison.Ordinal);

    private void Line(string style, IReadOnlyList<LearningRatePoint> points, Func<LearningRatePoint, double> loss) => Add(
        $"<path class=\"{style}\" clip-path=\"url(#plot)\" d=\"M{string.Join('L', points.Select(point => FormattableString.Invariant($"{X(point.LearningRate)} {Y(loss(point))}")))}\"/>");

    private double X(double rate) => Math.Round(Left + (_rates.Place(rate) * (Width - Left - Right)), 1);

    // Far outside the plot a number need not be exact; some viewers draw nothing of a path with a huge one.
    private double Y(double loss) => Math.Round(Top + ((1 - Math.Min(_losses.Place(loss), 10)) * (Height - Top - Bottom)), 1);

    private void Add(FormattableString shape) => _shapes.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
