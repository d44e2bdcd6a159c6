using Sortition.Publication.Report.Model;

namespace Sortition.Publication.Report.Charts;

/// <summary>Something to draw: what it is called, what it shows in words, and how it is drawn.</summary>
internal interface IChart
{
    /// <summary>A name in ASCII, by which the drawing and its file are known.</summary>
    string Id { get; }

    string Title { get; }

    /// <summary>What the drawing shows, in words.</summary>
    string Description { get; }

    /// <summary>In pixels.</summary>
    int Height { get; }

    /// <summary>How many pixels to the left of the origin are kept for labels.</summary>
    int Gutter { get; }

    void Draw(Markup markup);
}
