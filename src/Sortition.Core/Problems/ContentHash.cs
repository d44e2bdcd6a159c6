using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sortition.Core.Problems;

/// <summary>The SHA-256 of everything that makes a problem: numbers as eight bytes, texts in UTF-16 after their length, lists after theirs.</summary>
internal static class ContentHash
{
    private const string Form = "sortition-problem-content/1";

    public static string Of(SelectionProblem problem)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddText(Form);
        Add(problem.PanelSize);
        Add(problem.HouseholdLimit ?? 0);
        AddAll(problem.Features, feature =>
        {
            AddText(feature.Name);
            AddAll(feature.Values, AddText);
        });
        AddAll(problem.Quotas, quota =>
        {
            AddAll(quota.Condition, term =>
            {
                AddText(term.Feature);
                AddText(term.Value);
            });
            Add(quota.Min);
            Add(quota.Max);
            Add(quota.MinFlex ?? -1);
            Add(quota.MaxFlex ?? -1);
        });
        AddAll(problem.People, person =>
        {
            AddText(person.Id);
            foreach (int value in person.Vector.Indices)
            {
                Add(value);
            }

            Add(person.Household ?? -1);
            Add((int)person.Status);
            Add(BitConverter.DoubleToInt64Bits(person.Entitlement));
        });
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void AddAll<T>(IReadOnlyList<T> list, Action<T> add)
        {
            Add(list.Count);
            foreach (T item in list)
            {
                add(item);
            }
        }

        void AddText(string text)
        {
            // A lone surrogate has no UTF-8; two bytes a unit keep all texts apart.
            byte[] bytes = Encoding.Unicode.GetBytes(text);
            Add(bytes.Length);
            hash.AppendData(bytes);
        }

        void Add(long number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
