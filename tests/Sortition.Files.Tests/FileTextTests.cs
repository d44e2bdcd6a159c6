using Sortition.Core;
using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Sortition.Shared;
using Xunit;

namespace Sortition.Files.Tests;

/// <summary>The codes of this package's faults and their texts.</summary>
public sealed class FileTextTests
{
    [Fact]
    public void Codes_and_texts_belong_together() => TextCatalogue.Check(typeof(FileFaults), "files/", typeof(JsonFaultCodes));

    [Fact]
    public void Faults_of_packages_below_are_said_too() =>
        Assert.Equal("past members: nobody is counted; expected at least one past member", FileTexts.English.Describe(new Fault(CoreFaults.NoPastMembers, new FaultLocation("past members"))));
}
