// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "model/simulation/world.h"

namespace plumbline::test {

using namespace plumbline::simulation;

/// One token: where it stands and in which bucket it was billed.
struct Atom
{
    std::uint32_t part = none; ///< none: of the answer
    Bucket bucket = analysis::Uncached;
    bool isThere = true;
};

/// The calls token by token, as slow and as plain as can be: nothing is shared with the replay but what the world says.
class TokenOracle
{
public:
    explicit TokenOracle(const World& world) : m_world(world)
    {
        for (const WorldCall& call : world.calls) {
            std::vector<Atom> atoms;
            std::size_t bucket = 0;
            std::uint32_t left = call.tokens[0];
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
                for (std::uint32_t i = 0; i < world.partTokens[part]; ++i) {
                    while (left == 0)
                        left = call.tokens[++bucket];
                    atoms.push_back({part, static_cast<Bucket>(bucket)});
                    --left;
                }
            for (const Bucket of : {analysis::Visible, analysis::Thinking})
                atoms.insert(atoms.end(), call.tokens[of], Atom{none, of});
            m_calls.push_back(std::move(atoms));
        }
        m_isMade.assign(world.calls.size(), true);
    }

    void removeFailures()
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            if (m_world.calls[i].is(Failed))
                m_isMade[i] = false;
    }
    void reuseAnswers(double hours)
    {
        std::vector<std::int64_t> since(m_calls.size());
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            since[i] = call.started;
            if (!m_isMade[i] || call.answers == none)
                continue;
            if (static_cast<double>(call.started - since[call.answers]) <= hours * 3.6e9) {
                since[i] = since[call.answers];
                m_isMade[i] = false;
            }
        }
    }
    void keepEmbeddings(double days)
    {
        std::map<std::pair<std::uint16_t, std::uint32_t>, std::int64_t> computed; // when, by model and text
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            if (!m_isMade[i] || !call.is(Embeds))
                continue;
            bool isAllKnown = true, hasText = false;
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
                if (m_world.parts[part].block == none)
                    continue;
                hasText = true;
                std::int64_t& when =
                    computed.try_emplace({call.model, m_world.parts[part].block}, INT64_MIN / 2).first->second;
                if (static_cast<double>(call.started - when) <= days * 86400e6) {
                    drop(i, part);
                } else {
                    when = call.started;
                    isAllKnown = false;
                }
            }
            m_isMade[i] = !(hasText && isAllKnown);
        }
    }
    void endEarly(double percent)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            if (!m_isMade[i] || !m_world.calls[i].is(Cancelled))
                continue;
            const auto left = [&](std::uint64_t tokens) {
                return static_cast<std::uint64_t>(
                    std::floor(static_cast<double>(tokens) * (100 - percent) / 100 + 1e-9));
            };
            shortenAnswer(i, left(written(i, analysis::Visible)));
            end(i, analysis::Thinking, left(written(i, analysis::Thinking)));
        }
    }
    void dropTools(double perThousand, double offers)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                const WorldPart& of = m_world.parts[part];
                if (of.of() != Segment::Tools || !(of.flags & IsDefinition))
                    continue;
                const WorldTool& tool = m_world.tools[of.order];
                const auto calls = static_cast<double>(tool.calls), offered = static_cast<double>(tool.offers);
                const bool isRare =
                    tool.calls == 0 ? perThousand > 0 : perThousand > 1 && calls / offered < perThousand / 1000;
                if (isRare && offered >= offers)
                    drop(i, part);
            }
    }
    void keepTurns(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::uint32_t first = none;
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                const Segment of = m_world.parts[part].of();
                const bool isSaid = of == Segment::History || of == Segment::ToolResult || of == Segment::Context ||
                                    of == Segment::User;
                if (!isSaid || m_world.parts[part].turn <= most)
                    continue;
                first = std::min(first, part);
                drop(i, part);
            }
            uncacheFrom(i, first);
        }
    }
    void keepDocuments(std::size_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::map<std::uint16_t, std::size_t> kept; // by turn
            std::set<std::uint32_t> texts;
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part)
                if (m_world.parts[part].of() == Segment::Context &&
                    (!texts.insert(m_world.parts[part].block).second || kept[m_world.parts[part].turn] == most))
                    drop(i, part);
                else if (m_world.parts[part].of() == Segment::Context)
                    ++kept[m_world.parts[part].turn];
        }
    }
    void trimResults(std::uint32_t most, std::uint16_t after)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::uint32_t first = none; // that the request before had whole
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                if (m_world.parts[part].of() != Segment::ToolResult || m_world.parts[part].order < after)
                    continue;
                if (after > 0 && m_world.parts[part].order == after && count(i, part) > most)
                    first = std::min(first, part);
                cut(i, part, most);
            }
            uncacheFrom(i, first);
        }
    }
    void trimPrompt(double percent)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part)
                if (m_world.parts[part].of() == Segment::System)
                    cut(i, part, static_cast<std::uint32_t>(std::floor(count(i, part) * (100 - percent) / 100 + 1e-9)));
    }
    void stopLoops()
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            if (!m_isMade[i] || !m_world.calls[i].is(Repeats))
                continue;
            m_isMade[i] = false;
            for (std::uint32_t at = m_world.calls[i].resent; at < m_world.calls[i].resentEnd; ++at) {
                const std::uint32_t said = m_world.resent[at], later = m_world.partCalls[said];
                bool isSaidBefore = false;
                for (std::uint32_t part = m_world.calls[later].parts; part < said; ++part)
                    isSaidBefore |= m_world.parts[part].block == m_world.parts[said].block && count(later, part) > 0;
                if (!isSaidBefore)
                    continue;
                drop(later, said);
                for (std::uint32_t part = said + 1; part < m_world.calls[later].partsEnd; ++part) {
                    if (m_world.parts[part].of() != Segment::ToolResult)
                        break;
                    drop(later, part);
                }
            }
        }
    }
    void strip(double percent)
    {
        for (const PartTokens& payload : m_world.payload) {
            if (!m_isMade[payload.call])
                continue;
            const auto stays = static_cast<std::uint32_t>(std::floor(payload.tokens * (100 - percent) / 100 + 1e-9));
            const std::uint64_t now = count(payload.call, payload.part);
            cut(payload.call, payload.part, now - std::min<std::uint64_t>(now, payload.tokens - stays));
        }
    }
    /// What was cut off is written to its end, and sent again so.
    void endAnswers(double percent)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const std::uint64_t visible = written(i, analysis::Visible);
            if (!m_isMade[i] || !m_world.calls[i].is(CutOff) || visible == 0)
                continue;
            const auto longer =
                static_cast<std::uint64_t>(std::floor(static_cast<double>(visible) * (100 + percent) / 100 + 0.5));
            m_calls[i].insert(m_calls[i].end(), longer - visible, Atom{none, analysis::Visible});
            for (std::uint32_t at = m_world.calls[i].resent; at < m_world.calls[i].resentEnd; ++at) {
                const std::uint32_t part = m_world.resent[at], call = m_world.partCalls[part];
                const std::uint64_t now = count(call, part);
                // What is new was in no cache.
                m_calls[call].insert(m_calls[call].end(), now * longer / visible - now,
                                     Atom{part, bucketOfNew(call, part)});
            }
        }
    }
    /// An ideal cache of beginnings: each that was sent is remembered as the list of its blocks.
    void cache(std::int64_t minutes, std::uint64_t minimum, bool onlyFixedPart)
    {
        struct Sent
        {
            std::int64_t last = 0, readableFrom = 0;
        };
        using Blocks = std::vector<std::pair<std::uint32_t, bool>>; // and whether something is cut from it
        std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::map<Blocks, Sent>> caches;
        const Bucket write = minutes >= 60 ? analysis::CacheWrite1h : analysis::CacheWrite5m;
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            if (!m_isMade[i] || call.is(Embeds) || !call.is(HasUsage) || call.rates == none)
                continue;
            auto& cache = caches[{call.feature, call.model, call.environment}];
            Blocks beginning;
            std::uint64_t end = 0, read = 0, sent = 0;
            bool isAnyKnown = false;
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
                const WorldPart& of = m_world.parts[part];
                isAnyKnown |= of.block != none && m_world.partTokens[part] > 0;
                const std::uint64_t tokens = count(i, part);
                if (of.block == none || tokens == 0)
                    continue;
                if (onlyFixedPart && of.of() != Segment::System && of.of() != Segment::Tools)
                    break;
                beginning.emplace_back(of.block, tokens != m_world.partTokens[part]);
                end += tokens;
                if (end < minimum)
                    continue;
                const auto known = cache.find(beginning);
                if (known != cache.end() && call.started - known->second.last <= minutes * 60'000'000) {
                    if (known->second.readableFrom <= call.started)
                        read = end;
                    known->second.last = call.started;
                } else {
                    cache[beginning] = {call.started, call.started + call.latency};
                }
                sent = end;
            }
            if (!isAnyKnown)
                continue;
            if (m_world.models[call.model].provider == "openai")
                read -= read % 128;
            const BucketRates& rates = m_world.rates[call.rates];
            if (rates[write] == rates[analysis::Uncached])
                sent = read;
            fill(i, read, sent, write);
        }
    }
    /// So many percent more or less, a rounding a rate, to the even one where it is just between two.
    void changePrices(double percent) { m_percent = percent; }
    void capOutput(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            if (m_isMade[i])
                shortenAnswer(i, most);
    }
    void budgetThinking(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            end(i, analysis::Thinking, most);
    }

    MoneySum cost() const
    {
        MoneySum sum;
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            if (!m_isMade[i])
                continue;
            sum += Money(call.fixed);
            for (const Atom& atom : m_calls[i])
                if (atom.isThere && call.rates != none)
                    sum += Money(static_cast<std::int64_t>(std::nearbyint(
                        static_cast<long double>(m_world.rates[call.rates][atom.bucket]) * (100 + m_percent) / 100)));
        }
        return sum;
    }
    TokenCount tokens() const
    {
        TokenCount sum = 0;
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (const Atom& atom : m_calls[i])
                sum += m_isMade[i] && atom.isThere;
        return sum;
    }

private:
    std::uint64_t written(std::size_t call, Bucket bucket) const
    {
        std::uint64_t sum = 0;
        for (const Atom& atom : m_calls[call])
            sum += atom.isThere && atom.part == none && atom.bucket == bucket;
        return sum;
    }
    /// What is written of a kind ends behind so many tokens.
    void end(std::size_t call, Bucket bucket, std::uint64_t most)
    {
        std::uint64_t seen = 0;
        for (Atom& atom : m_calls[call])
            if (atom.isThere && atom.part == none && atom.bucket == bucket && ++seen > most)
                atom.isThere = false;
    }
    /// And what later requests send of it again is as much shorter.
    void shortenAnswer(std::size_t i, std::uint64_t most)
    {
        const std::uint64_t visible = written(i, analysis::Visible);
        if (visible <= most)
            return;
        end(i, analysis::Visible, most);
        for (std::uint32_t at = m_world.calls[i].resent; at < m_world.calls[i].resentEnd; ++at) {
            const std::uint32_t part = m_world.resent[at], call = m_world.partCalls[part];
            cut(call, part, count(call, part) * most / visible);
        }
    }
    /// Where more of a part would have been billed: behind what was read.
    Bucket bucketOfNew(std::size_t call, std::uint32_t part) const
    {
        std::set<Bucket> buckets;
        for (const Atom& atom : m_calls[call])
            if (atom.part == part)
                buckets.insert(atom.bucket);
        return buckets.size() == 1 ? *buckets.begin() : analysis::Uncached;
    }
    /// The first tokens of a prompt were read, the next ones up to `sent` written.
    void fill(std::size_t call, std::uint64_t read, std::uint64_t sent, Bucket write)
    {
        std::uint64_t seen = 0;
        for (Atom& atom : m_calls[call])
            if (atom.isThere && atom.part != none) {
                ++seen;
                atom.bucket = seen <= read ? analysis::CacheRead : seen <= sent ? write : analysis::Uncached;
            }
    }
    void uncacheFrom(std::size_t call, std::uint32_t first)
    {
        for (Atom& atom : m_calls[call])
            if (atom.part != none && atom.part >= first && atom.bucket != analysis::Audio)
                atom.bucket = analysis::Uncached;
    }
    std::uint64_t count(std::size_t call, std::uint32_t part) const
    {
        std::uint64_t sum = 0;
        for (const Atom& atom : m_calls[call])
            sum += atom.isThere && atom.part == part;
        return sum;
    }
    void cut(std::size_t call, std::uint32_t part, std::uint64_t most)
    {
        std::uint64_t seen = 0;
        for (Atom& atom : m_calls[call])
            if (atom.isThere && atom.part == part && ++seen > most)
                atom.isThere = false;
    }
    void drop(std::size_t call, std::uint32_t part) { cut(call, part, 0); }

    const World& m_world;
    std::vector<std::vector<Atom>> m_calls;
    std::vector<bool> m_isMade;
    double m_percent = 0;
};

} // namespace plumbline::test
