using System.Text;
using Sortition.Core;
using Xunit;

namespace Sortition.Files.Tests;

public sealed class DialectTests
{
    private const string Expected = "gender: female 1-1; gender: male 1-1 | p1 female; p2 male; p3 female; p4 male";

    [Theory]
    [InlineData("category,feature,min,max\ngender,female,1,1\ngender,male,1,1\n")]
    [InlineData("feature,value,min,max\ngender,female,1,1\ngender,male,1,1\n")]
    [InlineData("category,name,min,max\ngender,female,1,1\ngender,male,1,1\n")]
    [InlineData("FeatureName,ValueName,MinQuota,MaxQuota\ngender,female,1,1\ngender,male,1,1\n")]
    [InlineData("note,max,feature,min,value\nsee minutes,1,gender,1,female\n,1,gender,1,male\n")]
    [InlineData(" Category , FEATURE ,Min,mAx\n Gender , Female ,1, 1 \ngender,male,1,1")]
    [InlineData("category;feature;min;max\ngender;female;1;1\ngender;male;1;1\n")]
    [InlineData("category\tfeature\tmin\tmax\ngender\tfemale\t1\t1\ngender\tmale\t1\t1\n")]
    [InlineData("category,feature,min,max\r\ngender,female,1,1\r\ngender,male,1,1\r\n")]
    [InlineData("category,feature,min,max\rgender,female,1,1\rgender,male,1,1")]
    [InlineData("\n\ncategory,feature,min,max\n\ngender,female,1,1\n,,,\n\ngender,male,1,1\n\n")]
    [InlineData("category,feature,min,max,,\ngender,female,1,1,,,,\ngender,male,1,1\n")]
    [InlineData("\"category\",\"feature\",\"min\",\"max\"\n\"gender\",\"female\",\"1\",\"1\"\n\"gender\",\"male\",\"1\",\"1\"\n")]
    [InlineData("\"category;\ntab\",feature,min,max,category\nx,female,1,1,gender\nx,male,1,1,gender\n")]
    public void Quota_files_of_every_dialect_say_the_same(string quotas)
    {
        SelectionProblem problem = Loading.Load(quotas, Loading.People).Problem;
        Assert.Equal(Expected, Loading.Sketch(problem).Replace("Gender", "gender", StringComparison.Ordinal).Replace("Female", "female", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("feature,value,min,max,min_flex,max_flex\ngender,female,1,1,0,2\ngender,male,1,1,,\n")]
    [InlineData("category,name,min,max,min_flex,max_flex\ngender,female,1,1,0,2\ngender,male,1,1\n")]
    [InlineData("MAX_FLEX,category,feature,min,max,Min_Flex\n2,gender,female,1,1,0\n,gender,male,1,1,\n")]
    public void Flexible_bounds_are_read_and_may_be_left_out(string quotas)
    {
        SelectionProblem problem = Loading.Load(quotas, Loading.People).Problem;
        Assert.Equal([(0, 2), (null, null)], problem.Quotas.Select(q => (q.MinFlex, q.MaxFlex)));
    }

    [Fact]
    public void A_quota_file_with_a_header_only_poses_no_quotas()
    {
        SelectionProblem problem = Loading.Load("category,feature,min,max\n", Loading.People).Problem;
        Assert.Empty(problem.Quotas);
        Assert.Equal(4, problem.People.Count);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("da-DK")]
    public void Headings_values_and_numbers_are_read_alike_in_every_culture(string culture) => Cultures.In(culture, () =>
    {
        // Turkish lower-cases I to a dotless i.
        SelectionProblem problem = Loading.Load("CATEGORY,FEATURE,MIN,MAX\nCITY,INNER,1000,2000\nCITY,OUTER,0,1\n", "ID,city\np1,inner\np2,Outer\n").Problem;
        Assert.Equal("CITY: INNER 1000-2000; CITY: OUTER 0-1 | p1 INNER; p2 OUTER", Loading.Sketch(problem));
    });

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_heading()
    {
        byte[] quotas = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Loading.Quotas)];
        byte[] people = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Loading.People)];
        Assert.Equal(Expected, Loading.Sketch(Loading.Load(quotas, people).Problem));
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Encodings_are_detected(string name)
    {
        const string Quotas = "category;feature;min;max\nkøn;Kvinde – født før 1980;1;1\nkøn;€;1;1\n";
        const string People = "id;KØN\næ1;Kvinde – født før 1980\nå2;€\n";
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] Encode(string text) => name.StartsWith("utf-16", StringComparison.Ordinal) ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)] : encoding.GetBytes(text);
        SelectionProblem problem = Loading.Load(Encode(Quotas), Encode(People)).Problem;
        Assert.Equal("køn: Kvinde – født før 1980 1-1; køn: € 1-1 | å2 €; æ1 Kvinde – født før 1980", Loading.Sketch(problem));
    }

    [Fact]
    public void Names_are_matched_in_composed_form()
    {
        SelectionProblem problem = Loading.Load("category,feature,min,max\nre\u0301gion,\u00E5,1,1\nre\u0301gion,b,1,1\n", "id,r\u00E9gion\np1,a\u030A\np2,b\n").Problem;
        Assert.Equal("r\u00E9gion", problem.Features[0].Name);
        Assert.Equal("\u00E5", problem.People[0].Values[0]);
    }

    [Fact]
    public void Intersectional_quotas_are_split_at_the_ampersand()
    {
        SelectionProblem problem = Loading.Load(
            "category,feature,min,max\ngender,female,1,1\ngender,male,1,1\ngender & age & home,female&16-24 & flat,0,1\n",
            "id,gender,age,home\np1,female,16-24,flat\np2,male,25+,house\n").Problem;
        Quota quota = problem.Quotas[2];
        Assert.Equal([new("gender", "female"), new("age", "16-24"), new("home", "flat")], quota.Condition);
        Assert.True(problem.Matches(problem.People[0], quota));
        Assert.False(problem.Matches(problem.People[1], quota));
    }

    [Fact]
    public void A_column_of_exactly_that_name_wins_over_splitting()
    {
        SelectionProblem problem = Loading.Load(
            "category,feature,min,max\nR & D,yes & no,1,1\nr & d,no,1,1\n", "id,R & D,r,d\np1,yes & no,,\np2,no,,\n").Problem;
        Assert.Equal(["R & D"], problem.Features.Select(f => f.Name));
        Assert.Equal(["yes & no", "no"], problem.Features[0].Values);
    }
}
