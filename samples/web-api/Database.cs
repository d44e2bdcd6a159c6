using Microsoft.Data.Sqlite;
using Sortition.Core;
using Sortition.Core.Problems;

internal enum LotteryState
{
    Unfinished, Solved, Infeasible, OutOfTime, Cancelled, Failed, Drawn, Published,
}

/// <summary>A computed lottery as it is stored, with what was drawn from it.</summary>
internal sealed record StoredLottery(LotteryState State, string Problem, string Lottery, string? Seed);

/// <summary>Everything in one SQLite file: assemblies with their quotas and people, and lotteries.</summary>
internal sealed class Database
{
    private readonly string _connection;

    public Database(IConfiguration configuration)
    {
        _connection = new SqliteConnectionStringBuilder { DataSource = configuration.GetValue("Database", "lotteries.db") }.ToString();
        Execute(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS assemblies (name TEXT PRIMARY KEY, panel_size INTEGER NOT NULL, household_limit INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS quotas (assembly TEXT, feature TEXT, value TEXT, min INTEGER NOT NULL, max INTEGER NOT NULL,
                PRIMARY KEY (assembly, feature, value));
            CREATE TABLE IF NOT EXISTS people (assembly TEXT, id TEXT, address TEXT, gender TEXT, age TEXT, education TEXT, district TEXT, transport TEXT,
                PRIMARY KEY (assembly, id));
            CREATE TABLE IF NOT EXISTS lotteries (id TEXT PRIMARY KEY, state TEXT NOT NULL, problem TEXT NOT NULL, lottery TEXT, message TEXT,
                seed TEXT, root TEXT, publication BLOB);
            CREATE TABLE IF NOT EXISTS salts (lottery TEXT, person TEXT, salt TEXT NOT NULL, PRIMARY KEY (lottery, person));
            """);
    }

    /// <summary>The problem that an assembly poses today; null where there is no such assembly.</summary>
    /// <exception cref="MalformedInputException">Its quotas or people are malformed; all that is wrong is listed.</exception>
    public SelectionProblem? FindAssembly(string name)
    {
        const string Sql = "SELECT panel_size, household_limit FROM assemblies WHERE name = $1";
        if (Query(Sql, row => (row.GetInt32(0), row.GetInt32(1)), name) is not [var (seats, limit)])
        {
            return null;
        }

        SelectionProblemBuilder builder = new SelectionProblemBuilder(seats).HouseholdLimit(limit);
        Query("SELECT feature, value, min, max FROM quotas WHERE assembly = $1 ORDER BY rowid", AddQuota, name);
        return builder
            .People(Query("SELECT id, address, gender, age, education, district, transport FROM people WHERE assembly = $1", Volunteer, name), s_reader)
            .Build();

        SelectionProblemBuilder AddQuota(SqliteDataReader row) => builder.Quota(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3));

        static Dictionary<string, string?> Volunteer(SqliteDataReader row) =>
            Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, i => row.IsDBNull(i) ? null : row.GetString(i));
    }

    /// <summary>A feature is called as its column is.</summary>
    private static readonly PersonReader<Dictionary<string, string?>> s_reader = new()
    {
        Id = row => row["id"],
        Household = row => row["address"],
        Value = (row, feature) => row.GetValueOrDefault(feature),
    };

    public void AddLottery(string id, string problem) =>
        Execute("INSERT INTO lotteries (id, state, problem) VALUES ($1, $2, $3)", id, nameof(LotteryState.Unfinished), problem);

    public List<string> Unfinished() => Query("SELECT id FROM lotteries WHERE state = 'Unfinished' ORDER BY rowid", row => row.GetString(0));

    public string ProblemOf(string id) => Query("SELECT problem FROM lotteries WHERE id = $1", row => row.GetString(0), id)[0];

    public LotteryState? StateOf(string id) => FindStatus(id)?.State;

    public (LotteryState State, string? Message, string? Root)? FindStatus(string id) =>
        Query("SELECT state, message, root FROM lotteries WHERE id = $1", row => (State(row), Text(row, 1), Text(row, 2)), id) is [var found] ? found : null;

    /// <summary>Ends an unfinished lottery.</summary>
    /// <returns>False where it was ended already, such as by a cancellation: the first end counts.</returns>
    public bool Finish(string id, LotteryState state, string? lottery = null, string? message = null) =>
        Execute(
            "UPDATE lotteries SET state = $2, lottery = $3, message = $4 WHERE id = $1 AND state = 'Unfinished'", id, state.ToString(), lottery, message) == 1;

    public StoredLottery? FindLottery(string id) =>
        Query(
            "SELECT state, problem, lottery, seed FROM lotteries WHERE id = $1 AND lottery IS NOT NULL",
            row => new StoredLottery(State(row), row.GetString(1), row.GetString(2), Text(row, 3)),
            id).FirstOrDefault();

    /// <summary>Keeps what decided the draw, from which the panel follows.</summary>
    /// <returns>False where the lottery was drawn or published before: that is done once.</returns>
    public bool TryDraw(string id, string seed) =>
        Execute("UPDATE lotteries SET state = 'Drawn', seed = $2 WHERE id = $1 AND state = 'Solved'", id, seed) == 1;

    /// <summary>Keeps what was published, and the secret by which each person can find themselves in it.</summary>
    /// <returns>False where the lottery was drawn or published before.</returns>
    public bool TryPublish(string id, string root, byte[] publication, IEnumerable<(string Person, string Salt)> salts)
    {
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        const string Sql = "UPDATE lotteries SET state = 'Published', root = $2, publication = $3 WHERE id = $1 AND state = 'Solved'";
        if (Command(connection, Sql, [id, root, publication]).ExecuteNonQuery() == 0)
        {
            return false;
        }

        foreach ((string person, string salt) in salts)
        {
            Command(connection, "INSERT INTO salts VALUES ($1, $2, $3)", [id, person, salt]).ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    }

    public byte[]? FindPublication(string id) =>
        Query("SELECT publication FROM lotteries WHERE id = $1 AND publication IS NOT NULL", row => (byte[])row[0], id).FirstOrDefault();

    /// <summary>Runs one statement for each set of values, all or none of them.</summary>
    public void ExecuteAll(string sql, IEnumerable<object?[]> values)
    {
        using SqliteConnection connection = Open();
        using SqliteTransaction transaction = connection.BeginTransaction();
        foreach (object?[] row in values)
        {
            Command(connection, sql, row).ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public int Execute(string sql, params object?[] values)
    {
        using SqliteConnection connection = Open();
        return Command(connection, sql, values).ExecuteNonQuery();
    }

    private List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using SqliteConnection connection = Open();
        using SqliteDataReader reader = Command(connection, sql, values).ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private SqliteConnection Open()
    {
        SqliteConnection connection = new(_connection);
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, object?[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }

    private static LotteryState State(SqliteDataReader row) => Enum.Parse<LotteryState>(row.GetString(0));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
