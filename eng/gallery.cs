#!/usr/bin/env dotnet
// Renders the pictures of docs/gallery.md from real output, all or those that are named: dotnet run eng/gallery.cs [run|hover|error]. It needs tmux and Chromium,
// and for the first one a machine that does nothing else, as it shows how fast the sample trains.
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Command;

const string Sample = "samples/Mnist";
string[] keywords = ["using", "namespace", "public", "partial", "class"];

var root = Path.GetFullPath(Run("git", "rev-parse", "--show-toplevel").Trim());
Directory.SetCurrentDirectory(root);
var folder = Directory.CreateTempSubdirectory("modelgen-gallery-").FullName;
Run("dotnet", "build", Sample, "-c", "Release", "-v", "q");
Run("dotnet", "build", "src/Tool", "-c", "Release", "-v", "q");

if (args.Length == 0 || args.Contains("run"))
{
    // A terminal of its own, seen in the middle of the fourth epoch.
    Run("tmux", "-L", "modelgen-gallery", "new-session", "-d", "-x", "104", "-y", "9", $"cd '{folder}' && dotnet run --project '{root}/{Sample}' -c Release --no-build");
    var screen = "";
    while (!Regex.IsMatch(screen, @"Epoch +4/20 .*█.* [4-8]\d%"))
    {
        Thread.Sleep(50);
        screen = Run("tmux", "-L", "modelgen-gallery", "capture-pane", "-p");
    }

    Shoot("bar", 880, 190, $"<pre class=dark>{Encoded(screen.TrimEnd())}</pre>");
    while (!File.Exists($"{folder}/runs/ConvNet/result.json"))
        Thread.Sleep(500);
    Shoot("report", 1000, 1010, null, $"{folder}/runs/ConvNet/report.html");
}

if (args.Length == 0 || args.Contains("hover"))
{
    // The doc comment that the compiler wrote for a layer's property, as editors show it.
    var module = File.ReadAllText(Directory.EnumerateFiles($"{Sample}/obj/Generated", "Mnist.ConvNet.Module.g.cs", SearchOption.AllDirectories).First());
    var property = Regex.Match(module, @"/// <summary><c>(?<name>conv2)</c>(?<doc>.*)</summary>\n +public global::(?<type>[\w.]+) (?<property>\w+) ");
    Shoot("hover", 880, 150, $"""
        <pre>{Colored("using var model = new ConvNet();\nvar weights = model.")}<u>{property.Groups["property"]}</u>.weight;</pre>
        <div class=tip><code><b>{property.Groups["type"].Value.Split('.')[^1]}</b> ConvNet.{property.Groups["property"]} {"{ get; }"}</code>
        <p><code>{property.Groups["name"]}</code>{property.Groups["doc"]}</p></div>
        """);
}

if (args.Length == 0 || args.Contains("error"))
{
    // A mistake, at its place and with its message as the compiler says it.
    var wrong = File.ReadAllText($"{Sample}/ConvNet.cs").Replace("Flatten, ", "");
    File.WriteAllText($"{folder}/ConvNet.cs", wrong);
    // A check that finds something ends with 1.
    using var found = JsonDocument.Parse(RunTo(1, "dotnet", "run", "--project", "src/Tool", "-c", "Release", "--no-build", "--", "check", $"{folder}/ConvNet.cs", "--format", "json"));
    var error = found.RootElement[0];
    var lines = wrong.TrimEnd().Split('\n').Select((line, index) => index + 1 == error.GetProperty("line").GetInt32() ? Marked(line, error) : Colored(line));
    Shoot("error", 960, 330, $"""
        <pre>{string.Join('\n', lines)}</pre>
        <div class=tip><p><b class=red>{error.GetProperty("severity")} {error.GetProperty("id")}</b>: {Encoded(error.GetProperty("message").GetString()!)}</p></div>
        """);
}

Directory.Delete(folder, recursive: true);

string Marked(string line, JsonElement error)
{
    var (from, to) = (error.GetProperty("column").GetInt32() - 1, error.GetProperty("end_column").GetInt32() - 1);
    return $"{Colored(line[..from])}<u class=wavy>{Encoded(line[from..to])}</u>{Colored(line[to..])}";
}

string Colored(string code) => Regex.Replace(Encoded(code), @"///.*|\b[a-z]+\b", word =>
    word.Value.StartsWith("///", StringComparison.Ordinal) ? $"<i>{word}</i>" : keywords.Contains(word.Value) || word.Value is "var" or "new" ? $"<b>{word}</b>" : word.Value);

string Encoded(string text) => WebUtility.HtmlEncode(text);

void Shoot(string name, int width, int height, string? body, string? page = null)
{
    const string Style = """
        body { margin: 0; padding: 12px; font: 14px/1.45 "DejaVu Sans", sans-serif; background: #fff; color: #222 }
        pre, code { font: 13px/1.45 "DejaVu Sans Mono", monospace; margin: 0 } b { color: #00c; font-weight: normal } i { color: #080; font-style: normal }
        pre.dark { background: #1e1e1e; color: #ddd; padding: 12px; margin: -12px; height: 100vh } u.wavy { text-decoration: underline wavy #d00 } .red { color: #c00 }
        .tip { margin-top: 10px; padding: 8px 12px; border: 1px solid #bbb; background: #f6f6f6; box-shadow: 2px 2px 4px #ccc } .tip p { margin: 4px 0 }
        """;
    if (body is not null)
        File.WriteAllText(page = $"{folder}/{name}.html", $"<!doctype html><meta charset=utf-8><style>{Style}</style>{body}");
    Run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={folder}/browser",
        $"--window-size={width},{height}", $"--screenshot={root}/docs/images/{name}.png", new Uri(Path.GetFullPath(page!)).AbsoluteUri);
}
