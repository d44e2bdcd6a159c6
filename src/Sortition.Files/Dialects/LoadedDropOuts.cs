using Sortition.Core.DropOuts;
using Sortition.Files.Storage;

namespace Sortition.Files.Dialects;

/// <summary>Drop-out chances read from a file.</summary>
/// <remarks>Immutable and safe to read from any thread.</remarks>
public sealed class LoadedDropOuts
{
    internal LoadedDropOuts(DropOutChances chances, DropOutModel? model, InputFile file)
    {
        Chances = chances;
        Model = model;
        File = file;
    }

    /// <summary>Everybody's chance to drop out.</summary>
    public DropOutChances Chances { get; }

    /// <summary>The estimate from past members that the chances are; null where the file gives the chances themselves.</summary>
    public DropOutModel? Model { get; }

    /// <summary>The file.</summary>
    public InputFile File { get; }
}
