// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/analysis/calibration.h"
#include "model/analysis/scope.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// The blocks of a scope, each read once, and what they weigh for the models that read them. A text of the user that is
/// what some retriever answered is a document, also where the prompt does not say so.
class BlockTable
{
public:
    static Result<BlockTable> open(const store::Database& database, const store::Hasher& hasher);

    void begin(Scope& scope);
    /// Place in Scope::blocks; reads the block when it is new.
    Result<std::uint32_t> placeOf(std::int64_t id);
    /// Tokens of a block by the weights of a model.
    double estimateOf(std::uint32_t place, std::uint32_t model, const ModelWeights& weights);
    const TextCounters& countersOf(std::uint32_t place);
    const ScopeBlock& blockAt(std::uint32_t place) const { return m_scope->blocks[place]; }
    const std::string& documentOf(std::uint32_t place) const { return m_documents.at(place); }

private:
    /// A text that the user's message quotes from what a retriever answered.
    struct Retrieved
    {
        std::uint64_t document = 0;
        std::string name = {};
    };
    Result<> readRetrieved(const store::Database& database);
    /// Equal texts have equal lengths and counters, whoever says them: also where no text is kept.
    std::uint64_t keyOf(std::int64_t bytes, std::string_view counters) const;

    BlockTable(store::Statement select, store::Statement facts, const store::Hasher& hasher, std::int64_t highest)
        : m_select(std::move(select))
        , m_facts(std::move(facts))
        , m_hasher(hasher)
        , m_placeOf(static_cast<std::size_t>(highest) + 1, none)
    {
    }

    store::Statement m_select, m_facts;
    store::Hasher m_hasher;
    Scope* m_scope = nullptr;
    std::vector<std::uint32_t> m_placeOf;                     ///< by block id
    std::unordered_map<std::uint64_t, Retrieved> m_retrieved; ///< by key of the text
    std::vector<std::int64_t> m_ids;                          ///< of the scope at hand
    std::string m_counters;                                   ///< of all places, packed, one after the other
    std::vector<std::size_t> m_counterEnds;                   ///< by place
    std::unordered_map<std::uint32_t, std::string> m_documents;
    std::unordered_map<std::uint32_t, std::vector<float>> m_estimates; ///< by model, then place; below 0: not yet
    TextCounters m_decoded;
};

} // namespace plumbline::analysis
