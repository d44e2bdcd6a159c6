/// <summary>Someone who would like to be on the panel. In your program this is a record of your database.</summary>
internal sealed record Volunteer(string Id, string Address, string Gender, string Age, string District)
{
    /// <summary>120 made-up people. Women, older people and the centre come forward more often than their share of the town.</summary>
    public static IReadOnlyList<Volunteer> MakeUp() =>
    [
        .. Enumerable.Range(1, 120).Select(i => new Volunteer(
            Id: $"v{i:000}",
            Address: $"house {i * 7 % 100}",
            Gender: i % 5 < 3 ? "female" : "male",
            Age: (i % 9) switch { 0 => "under 30", < 4 => "30 to 59", _ => "60 and over" },
            District: (i % 7) switch { 0 => "north", 1 => "south", _ => "centre" })),
    ];
}
