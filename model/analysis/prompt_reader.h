// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "model/record/observation_facts.h"
#include "model/store/blocks.h"
#include "model/store/span_witnesses.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// What the witnesses of one call say together beyond its figures.
struct CallWitness
{
    std::vector<store::BlockOccurrence> blocks = {}; ///< of its prompt, in order, then of its answer
    SpanKind kind = SpanKind::Other;
    record::NameId parameters = 0, finish = 0;
    bool isCancelled = false; ///< its status message says so
};

/// Reads prompts and answers of calls. One thread.
class PromptReader
{
public:
    static Result<PromptReader> open(const store::Database& database);

    /// Of the call with that id; several witnesses of a span complete each other.
    Result<> read(std::int64_t call, CallWitness& into);

private:
    PromptReader(store::Statement own, store::Statement other, store::SpanWitnesses witnesses)
        : m_own(std::move(own)), m_other(std::move(other)), m_witnesses(std::move(witnesses))
    {
    }
    /// Messages that were told apart from others of the same span.
    struct Piece
    {
        std::int64_t told = 0; ///< microseconds since 1970
        std::vector<store::BlockOccurrence> blocks = {};
    };
    Result<> take(const store::Statement& row, CallWitness& into);
    static bool isTold(const std::vector<Piece>& pieces, std::size_t place);
    static Piece joined(std::vector<Piece> pieces);
    void takePieces();

    store::Statement m_own;
    store::Statement m_other;
    store::SpanWitnesses m_witnesses;
    std::vector<store::BlockOccurrence> m_prompt, m_answer;
    std::map<std::int64_t, std::vector<Piece>> m_pieces; ///< by import, in the order they came
};

} // namespace plumbline::analysis
