namespace Sortition.Files.Tables;

/// <summary>What a table is wanted for.</summary>
internal enum TableRole
{
    Quotas,
    People,
    Ids,
    Population,
    DropOutChances,
    PastMembers,
}
