// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/sample/random.h"
#include "model/sample/sample.h"

namespace plumbline::sample {

/// One execution of a feature: a conversation, a run of an agent, a draft, a nightly job.
struct Unit
{
    std::string_view feature;
    std::string_view team;
    std::uint64_t number = 0; ///< of the feature, from 0
    std::uint64_t stream = 0; ///< where its random streams branch off
    Timestamp start;

    Random random(std::string_view purpose, std::uint64_t item = 0) const { return Random(mix(stream, purpose, item)); }
    /// Appears in the unit's texts, so that no two units ever say the same by accident.
    std::string reference() const { return std::to_string(100'000 + number); }
};

/// A version of a system prompt, and how much of its end merely repeats what stands above.
struct SystemPrompt
{
    SharedText text;
    int version = 1;
    TokenCount excess = 0;
};

/// The world that all units share: customers, releases, prompts, the knowledge base, and what is planted.
class Company
{
public:
    explicit Company(const SampleOptions& options);

    const SampleOptions& options() const { return m_options; }
    Period period() const { return m_period; }
    std::uint64_t seed() const { return m_options.seed; }

    // How much of a drain is wanted: a draw for one thing, or a share of a whole.
    bool isPlanted(SampleDrain drain, std::uint64_t stream, std::uint32_t shareAtFull = 1'000'000) const;
    /// Without chance, for what is rare: number 0 at any intensity, and any few consecutive numbers have their share.
    bool isNthPlanted(SampleDrain drain, std::uint64_t number) const;
    std::int64_t planted(SampleDrain drain, std::int64_t atFull) const;
    bool isTrap(std::uint64_t stream, std::uint32_t perMillion) const;

    std::string user(Random& random) const;
    std::string_view tenant(Random& random) const;
    /// `2026.10.2`: every half month brings a release.
    std::string release(Timestamp time) const;

    /// The prompt of a feature of about `tokens` tokens at that time. `grows`: the release that repeats rules struck
    /// it.
    enum class Growth
    {
        None,
        RepeatsRules,
    };
    SystemPrompt systemPrompt(const Unit& unit, std::string_view role, std::int64_t tokens, Growth growth) const;

    static constexpr std::uint32_t documentCount = 800;
    SharedText document(std::uint32_t number) const;
    static std::string documentId(std::uint32_t number);

private:
    int halfMonth(Timestamp time) const;

    SampleOptions m_options;
    Period m_period;
    Timestamp m_growthRelease;
    std::vector<std::uint32_t> m_intensities; ///< per million, by drain
    std::vector<std::uint64_t> m_userWeights; ///< cumulative: the n-th user is n times rarer than the first
    // Composed on first use; what a text says depends on its name only.
    mutable std::map<std::pair<std::string_view, int>, SystemPrompt> m_prompts;
    mutable std::vector<SharedText> m_documents;
};

} // namespace plumbline::sample
