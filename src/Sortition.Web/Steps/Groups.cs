using Sortition.Core;
using Sortition.Web.Pages;

namespace Sortition.Web.Steps;

/// <summary>How the people of each quota fare.</summary>
internal static class Groups
{
    /// <summary>How many people a quota is about.</summary>
    public static int CountOf(SelectionProblem problem, Quota quota)
    {
        int count = 0;
        foreach (Person person in problem.People)
        {
            count += problem.Matches(person, quota) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The chances of each, among those who can be chosen.</summary>
    public static IReadOnlyList<GroupChances> Of(PanelLottery lottery)
    {
        SelectionProblem problem = lottery.Problem;
        HashSet<int> never = [.. lottery.Uncovered.Select(u => u.Person)];
        return
        [
            .. problem.Quotas.Select(quota =>
            {
                int[] people = [.. Enumerable.Range(0, problem.People.Count).Where(i => problem.Matches(problem.People[i], quota))];
                double[] chances = [.. people.Where(i => !never.Contains(i)).Select(lottery.ProbabilityOf)];
                return new GroupChances(
                    quota, people.Length, chances.Length == 0 ? null : (chances.Min(), chances.Sum() / chances.Length, chances.Max()));
            }),
        ];
    }
}
