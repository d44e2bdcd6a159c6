using System.Globalization;
using Microsoft.AspNetCore.Components;
using Sortition.Web.Projects;

namespace Sortition.Web.Pages;

/// <summary>What every page knows: the language, where it is, and what is to be told above it.</summary>
public sealed class View
{
    /// <summary>The language.</summary>
    internal Language Language { get; init; } = Language.English;

    /// <summary>The address of the program without the slash at its end: the secret segment; empty before somebody has come in.</summary>
    public required string Root { get; init; }

    /// <summary>What every form carries.</summary>
    public required string FormToken { get; init; }

    /// <summary>The path of this page below <see cref="Root"/>, to come back to.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The project; null where the page is of none.</summary>
    public Project? Project { get; init; }

    /// <summary>Whether what is shown is a rehearsal.</summary>
    public bool IsRehearsal { get; set; }

    /// <summary>The step that is shown.</summary>
    public Step? Step { get; init; }

    /// <summary>The steps with what is known of them; empty where there is no project.</summary>
    public IReadOnlyList<StepState> Steps { get; init; } = [];

    /// <summary>Whether the program ends if it is closed here: not before somebody has come in.</summary>
    public bool IsInside => Root.Length > 0;

    /// <summary>What went wrong with what was just sent.</summary>
    public IReadOnlyList<PageError> Errors { get; set; } = [];

    /// <summary>How many more there are than are listed.</summary>
    public int MoreErrors { get; set; }

    /// <summary>What was just done; null where nothing was.</summary>
    public string? Notice { get; set; }

    /// <summary>How many seconds to wait before the page is asked for again, where scripts are off; null for never.</summary>
    public int? RefreshSeconds { get; set; }

    /// <summary>A text.</summary>
    public string T(string key, params ReadOnlySpan<(string Name, object? Value)> values) => Language.Text(key, values);

    /// <summary>An address below the program.</summary>
    public string Url(string path) => Root + path;

    /// <summary>An address below the project.</summary>
    public string At(string path) => $"{Root}/p/{Project!.Key}/{path}";

    /// <summary>A whole number as it is typed.</summary>
    public static string N(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A length in a drawing.</summary>
    public static string D(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The bounds of a quota.</summary>
    public static string Range(int min, int max) => min == max ? N(min) : $"{N(min)}–{N(max)}";
}

/// <summary>One step of the way.</summary>
public enum Step
{
    Files,
    Targets,
    Chances,
    Draw,
    Panel,
}

/// <summary>What is known of a step: whether it can be gone to, and whether it is done.</summary>
public sealed record StepState(Step Step, bool IsOpen, bool IsDone);

/// <summary>Something that is wrong, and the field where it can be put right; null where that is nowhere on the page.</summary>
public sealed record PageError(string Text, string? Field = null);

/// <summary>A page: a component that is given what every page knows.</summary>
public abstract class Page : ComponentBase
{
    /// <summary>What every page knows.</summary>
    [Parameter]
    [EditorRequired]
    public View V { get; set; } = null!;

    /// <summary>A text.</summary>
    protected string T(string key, params ReadOnlySpan<(string Name, object? Value)> values) => V.T(key, values);
}
