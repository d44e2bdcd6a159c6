using Sortition.Core;

namespace Sortition.Web.Pages;

/// <summary>How the people of a quota fare.</summary>
/// <param name="Quota">The quota.</param>
/// <param name="Pool">How many people of the pool it is about.</param>
/// <param name="Chances">The lowest, mean and highest chance; null where nobody of them can be chosen.</param>
public sealed record GroupChances(Quota Quota, int Pool, (double Lowest, double Mean, double Highest)? Chances);
