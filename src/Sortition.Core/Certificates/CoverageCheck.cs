using Sortition.Core.Engine.Polytope;
using Sortition.Core.Engine.Proof;
using Sortition.Core.Engine.Search;
using Sortition.Core.Problems;

namespace Sortition.Core.Certificates;

/// <summary>Whether the people whom a lottery lists as uncovered, and only these, can be on no panel.</summary>
internal sealed class CoverageCheck
{
    private readonly PanelLottery _lottery;
    private readonly QuotaPolytope _polytope;
    private readonly CancellationToken _cancellationToken;
    private readonly List<CertificateFault> _faults = [];

    private CoverageCheck(PanelLottery lottery, QuotaPolytope polytope, CancellationToken cancellationToken)
    {
        _lottery = lottery;
        _polytope = polytope;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Finds out who is covered, and compares.</summary>
    /// <param name="lottery">The lottery; its list may hold anything.</param>
    /// <param name="polytope">Its panels.</param>
    /// <param name="covered">Entry t: whether some panel seats somebody of type t. Proven, whatever the list says.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static CertificatePoint Run(PanelLottery lottery, QuotaPolytope polytope, out bool[] covered, CancellationToken cancellationToken)
    {
        CoverageCheck check = new(lottery, polytope, cancellationToken);
        bool[] found = check.Survey();
        covered = found;
        Dictionary<int, UnselectablePerson> listed = check.ReadList();
        int people = 0;
        for (int i = 0; i < lottery.Problem.People.Count; i++)
        {
            int type = lottery.Problem.TypeTable.TypeOf[i];
            bool isCovered = type >= 0 && covered[type];
            people += isCovered ? 1 : 0;
            if (isCovered == listed.ContainsKey(i))
            {
                check._faults.Add(
                    new CertificateFault(isCovered ? CertificateFaultCode.CoveredPersonListed : CertificateFaultCode.UncoveredPersonMissing, index: i));
            }
        }

        check.CheckReasons([.. listed.Values.Where(u => lottery.Problem.TypeTable.TypeOf[u.Person] is var t && (t < 0 || !found[t])).OrderBy(u => u.Person)]);
        return new CertificatePoint(
            CertificatePointCode.Coverage, null, FormattableString.Invariant($"{people} of {lottery.Problem.People.Count}"), check._faults);
    }

    /// <summary>
    /// Who has a chance is on a panel of the lottery. For all others panels are looked for, and that there are no more is proven for all that are left at once.
    /// </summary>
    private bool[] Survey()
    {
        PoolSurvey survey = new(_polytope);
        int[] first = new int[survey.Covered.Length];
        foreach ((int type, int seats) in _lottery.Panels[0].Seats)
        {
            first[type] = seats;
        }

        survey.Panels.Add(first);
        for (int t = 0; t < survey.Covered.Length; t++)
        {
            survey.Covered[t] = _lottery.ProbabilityOfType(t) > 0;
        }

        survey.Run(null, _cancellationToken);
        return survey.Covered;
    }

    private Dictionary<int, UnselectablePerson> ReadList()
    {
        Dictionary<int, UnselectablePerson> listed = [];
        int last = -1;
        for (int entry = 0; entry < _lottery.Uncovered.Count; entry++)
        {
            UnselectablePerson uncovered = _lottery.Uncovered[entry];
            if (uncovered.Person < 0 || uncovered.Person >= _lottery.Problem.People.Count)
            {
                _faults.Add(new CertificateFault(CertificateFaultCode.UnknownPerson, index: entry, stated: FormattableString.Invariant($"{uncovered.Person}")));
                continue;
            }

            if (uncovered.Person <= last)
            {
                _faults.Add(new CertificateFault(CertificateFaultCode.PersonOutOfOrder, index: entry));
            }

            listed[uncovered.Person] = uncovered;
            last = uncovered.Person;
        }

        return listed;
    }

    /// <summary>The constraints given must exclude the person by themselves, without any others.</summary>
    private void CheckReasons(UnselectablePerson[] uncovered)
    {
        Dictionary<HashSet<Constraint>, Dictionary<int, int>> peopleOfReason = new(HashSet<Constraint>.CreateSetComparer());
        foreach (UnselectablePerson person in uncovered)
        {
            int type = _lottery.Problem.TypeTable.TypeOf[person.Person];
            if (!person.Constraints.All(IsOfProblem))
            {
                _faults.Add(new CertificateFault(CertificateFaultCode.ForeignReason, index: person.Person));
            }
            else if (type < 0 && person.Constraints.Count > 0)
            {
                _faults.Add(new CertificateFault(CertificateFaultCode.WrongReason, index: person.Person));
            }
            else if (type >= 0)
            {
                HashSet<Constraint> reason = [.. person.Constraints];
                if (!peopleOfReason.TryGetValue(reason, out Dictionary<int, int>? people))
                {
                    peopleOfReason.Add(reason, people = []);
                }

                people.TryAdd(type, person.Person);
            }
        }

        foreach ((HashSet<Constraint> reason, Dictionary<int, int> people) in peopleOfReason)
        {
            long[] none = new long[_polytope.TypeCount];
            while (people.Count > 0 && ExactJudge.HeaviestPanel(_polytope, none, reason, people.Keys, _cancellationToken).Panel is int[] panel)
            {
                foreach (int type in people.Keys.Where(t => panel[t] > 0).ToArray())
                {
                    _faults.Add(new CertificateFault(CertificateFaultCode.WrongReason, index: people[type]));
                    people.Remove(type);
                }
            }
        }
    }

    private bool IsOfProblem(Constraint constraint) => constraint.Kind switch
    {
        ConstraintKind.QuotaMinimum or ConstraintKind.QuotaMaximum => constraint.Quota is not null && _lottery.Problem.Quotas.Contains(constraint.Quota),
        ConstraintKind.HouseholdLimit => constraint.Quota is null && _lottery.Problem.HouseholdLimit is not null,
        ConstraintKind.PanelSize or ConstraintKind.MustBeIn => constraint.Quota is null,
        _ => false,
    };
}
