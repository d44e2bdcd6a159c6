using Xunit;

namespace Sortition.Publication.Tests;

/// <summary>What <c>verify.py --solver</c> asks of a solver, and how it takes the answer: put to a solver that tries everything. Needs <c>python3</c>.</summary>
public sealed class SolverTests
{
    /// <summary>Reads integer programs as every reader of MPS files with fixed columns does, and tries all points.</summary>
    private static readonly System.Text.CompositeFormat s_solver = System.Text.CompositeFormat.Parse(Solver);

    private const string Solver = """
        #!{0}
        import itertools, sys
        bounds, right, rows, part = {{}}, {{}}, {{}}, None
        for line in open(next(a for a in sys.argv if a.endswith(".mps")), encoding="ascii"):
            fields = [line[a:b].strip() for a, b in ((1, 3), (4, 12), (14, 22), (24, 36))]
            if line[0] != " ":
                part = line.split()[0]
            elif part == "ROWS" and fields[0] == "L":
                rows[fields[1]] = {{}}
            elif part == "COLUMNS" and fields[2] != "'MARKER'" and fields[2] in rows:
                rows[fields[2]][fields[1]] = int(fields[3])
            elif part == "RHS":
                right[fields[2]] = int(fields[3])
            elif part == "BOUNDS":
                bounds.setdefault(fields[2], {{}})[fields[0]] = int(fields[3])
        names = list(bounds)
        for point in itertools.product(*(range(bounds[x]["LO"], bounds[x]["UP"] + 1) for x in names)):
            at = dict(zip(names, point))
            if all(sum(w * at[x] for x, w in row.items()) <= right[r] for r, row in rows.items()):
                sys.exit("{1}")
        sys.exit("{2}")
        """;

    [Theory]
    [InlineData("glpsol", "INTEGER OPTIMAL SOLUTION FOUND", "PROBLEM HAS NO PRIMAL FEASIBLE SOLUTION")]
    [InlineData("glpsol", "INTEGER OPTIMAL SOLUTION FOUND", "PROBLEM HAS NO INTEGER FEASIBLE SOLUTION")]
    [InlineData("cbc", "Result - Optimal solution found", "Problem is infeasible - 0.00 seconds")]
    [InlineData("cbc", "Result - Optimal solution found", "Result - Problem proven infeasible")]
    [InlineData("highs", "  Status            Optimal", "  Status            Infeasible")]
    public void A_solver_confirms_what_has_no_prices(string name, string found, string none)
    {
        using TemporaryFolder commands = new();
        File.WriteAllText(commands[name], string.Format(System.Globalization.CultureInfo.InvariantCulture, s_solver, Interpreter.Program, found, none).ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(commands[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Equal(0, Answer(text => text));
        Assert.Equal(0, Answer(WithoutPrices));
        Assert.Equal(4, Answer(text => WithoutPrices(text).Replace("\"quotaMaximum 4\"", "\"quotaMaximum 3\"", StringComparison.Ordinal)));

        // The panels of the lottery weigh 0 then, but others weigh more.
        Assert.Equal(4, Answer(text => WithoutPrices(text).Replace("\"weights\": \"0 1 1 1 0 0 0 0 1 1 0 0\",\n   \"limit\": \"1\"", "\"weights\": \"0 2 2 2 0 0 0 0 2 2 0 0\",\n   \"limit\": \"1\"", StringComparison.Ordinal)));

        // It is told from one that is not there, and from one that cannot tell.
        using TemporaryFolder nothing = new();
        Assert.Equal(2, Interpreter.RunBeside(nothing.Path, TestFiles.PathOf("verify.py"), nothing.Path, "--solver", name).ExitCode);
        File.Delete(commands[name]);
        File.WriteAllText(commands[name], $"#!{Interpreter.Program}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(commands[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Equal(6, Answer(WithoutPrices));

        int Answer(Func<string, string> change)
        {
            using TemporaryFolder folder = new();
            Example.Of(Form.Public).Write(folder.Path);
            File.WriteAllText(folder["publication.json"], change(folder.Read("publication.json")));
            Forger.FixSums(folder.Path);
            (int exitCode, string _, string error) = Interpreter.RunBeside(commands.Path, TestFiles.PathOf("verify.py"), folder.Path, "--solver", name);
            Assert.Equal("", error);
            return exitCode;
        }
    }

    private static string WithoutPrices(string text)
    {
        string without = System.Text.RegularExpressions.Regex.Replace(text, "\"prices\": \\[[^\\]]*\\]", "\"prices\": []");
        Assert.NotEqual(text, without);
        return without;
    }
}
