// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/prompt_reader.h"

#include "model/core/lower_case.h"
#include "model/record/observation_reader.h"

namespace plumbline::analysis {

namespace {

bool saysCancelled(std::string_view message)
{
    const std::string text = lowerCase(message);
    return text.find("cancel") != std::string::npos || text.find("client disconnected") != std::string::npos ||
           text.find("aborted by") != std::string::npos;
}

} // namespace

Result<PromptReader> PromptReader::open(const store::Database& database)
{
    return PromptReader(TRY(database.prepare("SELECT facts, blocks, trace, span FROM observation WHERE id = ?")),
                        TRY(database.prepare("SELECT facts, blocks FROM observation WHERE id = ?")),
                        TRY(store::SpanWitnesses::open(database)));
}

Result<> PromptReader::take(const store::Statement& row, CallWitness& into)
{
    const record::ObservationFacts facts = TRY(record::factsOf(row.text(0)));
    if (into.kind == SpanKind::Other)
        into.kind = facts.kind;
    for (auto [mine, theirs] : {std::pair(&into.parameters, facts.parameters), {&into.finish, facts.finish}})
        if (*mine == 0)
            *mine = theirs;
    into.isCancelled |= !facts.statusMessage.empty() && saysCancelled(facts.statusMessage);
    if (row.isNull(1))
        return {};
    const auto occurrences = store::readOccurrences(row.text(1));
    if (!occurrences)
        return fail(ErrorKind::Database, "the workspace file is damaged: a prompt's list of blocks is broken");
    // The witness that tells more of a side has it.
    std::size_t prompt = 0;
    for (const store::BlockOccurrence& occurrence : *occurrences)
        prompt += !occurrence.isOutput;
    const bool hasPrompt = prompt > m_prompt.size(), hasAnswer = occurrences->size() - prompt > m_answer.size();
    if (hasPrompt)
        m_prompt.clear();
    if (hasAnswer)
        m_answer.clear();
    for (const store::BlockOccurrence& occurrence : *occurrences)
        if (occurrence.isOutput ? hasAnswer : hasPrompt)
            (occurrence.isOutput ? m_answer : m_prompt).push_back(occurrence);
    return {};
}

Result<> PromptReader::read(std::int64_t call, CallWitness& into)
{
    into = {};
    m_prompt.clear();
    m_answer.clear();
    TRY(m_own.bind(call));
    if (!TRY(m_own.next()))
        return {};
    TRY(take(m_own, into));
    if (m_prompt.empty() || m_answer.empty() || into.kind == SpanKind::Other || into.finish == 0) {
        for (const std::int64_t other : *TRY(m_witnesses.of(m_own.integer(2), m_own.text(3)))) {
            if (other == call)
                continue;
            TRY(m_other.bind(other));
            if (TRY(m_other.next()))
                TRY(take(m_other, into));
            m_other.reset();
        }
    }
    m_own.reset();
    into.blocks.assign(m_prompt.begin(), m_prompt.end());
    into.blocks.insert(into.blocks.end(), m_answer.begin(), m_answer.end());
    return {};
}

} // namespace plumbline::analysis
