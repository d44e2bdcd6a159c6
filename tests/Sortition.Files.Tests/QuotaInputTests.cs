using Sortition.Core.Problems;
using Sortition.Files.Storage;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class QuotaInputTests
{
    [Fact]
    public void Quotas_that_are_read_as_written_are_written_as_read()
    {
        const string Text = "category,feature,min,max,source,comment\nage,16-24,5,6,census 2025,\nage & sex,16-24 & woman,2,3,,few come\n";
        IReadOnlyList<QuotaInput> read = QuotaFiles.LoadInputs(FileSource.From(() => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Text)), "quotas.csv"), 12);
        Assert.Equal(["census 2025", null], read.Select(q => q.Source));
        Assert.Equal([null, "few come"], read.Select(q => q.Comment));
        using MemoryStream written = new();
        QuotaFiles.Write(written, read);
        Assert.Equal(Text, System.Text.Encoding.UTF8.GetString(written.ToArray()).Replace("\r\n", "\n", StringComparison.Ordinal));
    }
}
