// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/prompt_reader.h"

#include <algorithm>
#include <unordered_set>

#include "model/core/ascii.h"
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
    return PromptReader(
        TRY(database.prepare("SELECT facts, blocks, import, trace, span FROM observation WHERE id = ?")),
        TRY(database.prepare("SELECT facts, blocks, import FROM observation WHERE id = ?")),
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
    if (facts.flags & record::IsPiece) {
        m_pieces[row.integer(2)].push_back({facts.started.value_or(0), *occurrences});
        return {};
    }
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

/// Whether another one told at the same time has all of its messages: a client that got no answer sends them again,
/// among others at times.
bool PromptReader::isTold(const std::vector<Piece>& pieces, std::size_t place)
{
    const auto& blocks = pieces[place].blocks;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& others = pieces[i].blocks;
        const bool isOther = i != place && pieces[i].told == pieces[place].told &&
                             (others.size() > blocks.size() || (others.size() == blocks.size() && i < place));
        const auto isIn = [&](const store::BlockOccurrence& one) {
            return std::any_of(others.begin(), others.end(), [&](const store::BlockOccurrence& other) {
                return other.block == one.block && other.isOutput == one.isOutput;
            });
        };
        if (isOther && std::all_of(blocks.begin(), blocks.end(), isIn))
            return true;
    }
    return false;
}

/// As one, in the order they were told.
PromptReader::Piece PromptReader::joined(std::vector<Piece> pieces)
{
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.told < b.told; });
    Piece all{.told = pieces.empty() ? 0 : pieces.front().told};
    int messages = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (isTold(pieces, i))
            continue;
        int last = -1;
        for (store::BlockOccurrence occurrence : pieces[i].blocks) {
            last = std::max<int>(last, occurrence.message);
            occurrence.message = static_cast<std::uint16_t>(std::min(messages + occurrence.message, 0xFFFF));
            all.blocks.push_back(occurrence);
        }
        messages += last + 1;
    }
    return all;
}

/// Those of one import belong together. Of imports that tell the same messages the one that tells most has them; others
/// complete one another. Together they are a witness like others.
void PromptReader::takePieces()
{
    std::vector<Piece> ofImports, chosen;
    for (auto& [import, pieces] : m_pieces)
        ofImports.push_back(joined(std::move(pieces)));
    std::stable_sort(ofImports.begin(), ofImports.end(),
                     [](const Piece& a, const Piece& b) { return a.blocks.size() > b.blocks.size(); });
    std::unordered_set<std::int64_t> told;
    for (Piece& piece : ofImports) {
        const bool isNew = std::none_of(piece.blocks.begin(), piece.blocks.end(),
                                        [&](const auto& occurrence) { return told.contains(occurrence.block); });
        if (!isNew)
            continue;
        for (const store::BlockOccurrence& occurrence : piece.blocks)
            told.insert(occurrence.block);
        chosen.push_back(std::move(piece));
    }
    std::vector<store::BlockOccurrence> prompt, answer;
    for (const store::BlockOccurrence& occurrence : joined(std::move(chosen)).blocks)
        (occurrence.isOutput ? answer : prompt).push_back(occurrence);
    if (prompt.size() > m_prompt.size())
        m_prompt = std::move(prompt);
    if (answer.size() > m_answer.size())
        m_answer = std::move(answer);
}

Result<> PromptReader::read(std::int64_t call, CallWitness& into)
{
    into = {};
    m_prompt.clear();
    m_answer.clear();
    m_pieces.clear();
    TRY(m_own.bind(call));
    if (!TRY(m_own.next()))
        return {};
    TRY(take(m_own, into));
    if (!m_pieces.empty() || m_prompt.empty() || m_answer.empty() || into.kind == SpanKind::Other || into.finish == 0) {
        for (const std::int64_t other : *TRY(m_witnesses.of(m_own.integer(3), m_own.text(4)))) {
            if (other == call)
                continue;
            TRY(m_other.bind(other));
            if (TRY(m_other.next()))
                TRY(take(m_other, into));
            m_other.reset();
        }
    }
    m_own.reset();
    takePieces();
    into.blocks.assign(m_prompt.begin(), m_prompt.end());
    into.blocks.insert(into.blocks.end(), m_answer.begin(), m_answer.end());
    return {};
}

} // namespace plumbline::analysis
