// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/analysis/claims.h"
#include "model/analysis/scope.h"

// What several drains look at calls by.
namespace plumbline::analysis {

/// Calls (by place) that do the same work: one step by one model. In order of time.
using CallGroups = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>>;
CallGroups byStepAndModel(const Scope& scope);
/// Calls of each trace, in order of time.
std::unordered_map<std::int64_t, std::vector<std::size_t>> byTrace(const Scope& scope);

/// The middle of the values; 0 of none.
double medianOf(std::vector<double> values);

/// The names of a prompt's retrieved documents, in its order: parts of Segment::Context, by place.
std::vector<std::size_t> documentsOf(const Scope& scope, const ScopeCall& call);

/// Share of a block's tokens that a delta of its counters is, 0 to 1.
double shareOf(const Scope& scope, const ScopeCall& call, const Part& part, const CounterDelta& delta);

/// Claims that hold only together: if they are a hundredth of the scope's spend and the scope has thirty calls, or
/// more money than the user's floor.
class Proposal
{
public:
    enum class Of : std::uint8_t
    {
        Part,
        Visible,
        Reasoning,
    };
    void add(std::size_t call, Of of, std::size_t part, std::uint32_t tokens)
    {
        m_entries.push_back({call, part, tokens, of});
    }
    /// Takes all of it, or nothing.
    void claim(const Scope& scope, Claims& claims, Confidence confidence) const;

private:
    struct Entry
    {
        std::size_t call = 0, part = 0;
        std::uint32_t tokens = 0;
        Of of = Of::Part;
    };
    std::vector<Entry> m_entries;
};

/// Whether a finding of so much money is worth a claim (DRAINS.md, *support*).
bool isSupported(const Scope& scope, std::int64_t money);

/// Figures of evidence.
std::string decimal(std::int64_t number);
std::string dollars(std::int64_t picodollars);
std::string percent(double share);

} // namespace plumbline::analysis
