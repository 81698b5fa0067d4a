// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "model/analysis/drain.h"
#include "model/core/ascii.h"
#include "model/queries/selection.h"
#include "model/store/external_id.h"

namespace plumbline::queries {

namespace {

/// A figure of a call, as amountFrom() counts it.
std::optional<std::int64_t> figureOf(const CallTable& table, std::size_t row, Dimension figure)
{
    const unsigned known = table.knownOf(row);
    const Amounts& amounts = table.amounts()[row];
    switch (figure) {
    case Dimension::Cost:
        return known & CallTable::Cost ? std::optional(table.cost()[row]) : std::nullopt;
    case Dimension::Latency:
        return known & CallTable::Latency ? std::optional(table.latency()[row]) : std::nullopt;
    case Dimension::Tokens:
        return table.originOf(row).hasUsage() ? std::optional(table.input(row) + table.output(row)) : std::nullopt;
    case Dimension::InputTokens:
        return known & CallTable::Input ? std::optional(table.input(row)) : std::nullopt;
    case Dimension::OutputTokens:
        return known & CallTable::Output ? std::optional(table.output(row)) : std::nullopt;
    case Dimension::CachedTokens:
        return known & CallTable::CacheRead ? std::optional<std::int64_t>(amounts[Amounts::CacheRead]) : std::nullopt;
    default:
        return std::nullopt;
    }
}

bool holds(Match match, std::int64_t amount, std::int64_t bound)
{
    switch (match) {
    case Match::Less:
        return amount < bound;
    case Match::OrLess:
        return amount <= bound;
    case Match::More:
        return amount > bound;
    case Match::OrMore:
        return amount >= bound;
    case Match::Is:
    case Match::Contains:
        break;
    }
    return amount == bound;
}

/// The drains of a condition, by their place in the ledger's order.
std::vector<bool> drainsOf(const Condition& condition)
{
    std::vector<bool> isMeant;
    for (const Drain& drain : allDrains())
        isMeant.push_back(std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& value) {
            return condition.match == Match::Contains ? drain.id.find(lowerCase(value)) != std::string_view::npos
                                                      : drain.id == value;
        }));
    return isMeant;
}

} // namespace

Result<RowSet> Selector::rowsWithField(const RowSet& rows, const Condition& condition, const StopToken& stop)
{
    TRY(check(condition));
    const CallTable& table = *m_table;
    const bool isWanted = !condition.isExcluded;
    const Dimension field = condition.of.dimension;
    if (field == Dimension::Text) {
        std::vector<std::uint8_t> holdsAny(table.size(), 0);
        for (const std::string& words : condition.values) {
            const TextMatches::Rows found = TRY(m_facts.texts->of(*m_workspace, table, words, stop));
            rows.forEach([&](std::size_t row) { holdsAny[row] |= (*found)[row]; });
        }
        return rows.where([&](std::size_t row) { return (holdsAny[row] != 0) == isWanted; });
    }
    if (field == Dimension::Trace) {
        const CodedColumn& traces = table.column(CallTable::Trace);
        std::vector<std::uint32_t> codes;
        store::Statement find = TRY(m_workspace->database().prepare("SELECT id FROM trace WHERE key = ?"));
        for (const std::string& id : condition.values) {
            TRY(find.bind(store::keyOfId(m_workspace->hasher(), store::packedId(id))));
            if (TRY(find.next()))
                if (const std::uint32_t code = traces.codeOf(find.integer(0)))
                    codes.push_back(code);
            find.reset();
        }
        return rows.where([&](std::size_t row) {
            return (std::find(codes.begin(), codes.end(), traces.codes()[row]) != codes.end()) == isWanted;
        });
    }
    if (field == Dimension::SystemPrompt || field == Dimension::ToolSet || field == Dimension::OfferedTool)
        return rowsSentWith(rows, condition, stop);
    if (field == Dimension::Drain || field == Dimension::Waste) {
        const LedgerTable& ledger = *TRY(m_facts.ledger->of(*m_workspace, table, stop));
        if (field == Dimension::Drain) {
            const std::vector<bool> isMeant = drainsOf(condition);
            return rows.where([&](std::size_t row) {
                const auto claims = ledger.claimsOf(row);
                return std::any_of(claims.begin(), claims.end(), [&](const Claim& claim) {
                           return claim.drain < isMeant.size() && isMeant[claim.drain];
                       }) == isWanted;
            });
        }
        if (asksForUnknown(condition))
            return rows.where([&](std::size_t row) { return ledger.isKnown(row) != isWanted; });
        const std::int64_t bound = TRY(amountFrom(field, condition.values[0]));
        return rows.where([&](std::size_t row) {
            LedgerSums sums;
            if (ledger.isKnown(row))
                ledger.add(table, row, sums);
            return (ledger.isKnown(row) &&
                    holds(condition.match, static_cast<std::int64_t>(sums.waste.picodollars()), bound)) == isWanted;
        });
    }
    if (asksForUnknown(condition))
        return rows.where([&](std::size_t row) { return figureOf(table, row, field).has_value() != isWanted; });
    const std::int64_t bound = TRY(amountFrom(field, condition.values[0]));
    return rows.where([&](std::size_t row) {
        const auto amount = figureOf(table, row, field);
        return (amount && holds(condition.match, *amount, bound)) == isWanted;
    });
}

Result<RowSet> Selector::rowsSentWith(const RowSet& rows, const Condition& condition, const StopToken& stop)
{
    const PromptIndex& index =
        *TRY(m_facts.prompts->made([&] { return PromptIndex::load(*m_workspace, *m_table, stop); }));
    const Dimension field = condition.of.dimension;
    const auto isNamed = [&](const std::string& value) {
        return std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& one) {
            return condition.match == Match::Contains ? lowerCase(value).find(lowerCase(one)) != std::string::npos
                                                      : value == one;
        });
    };
    // Of each distinct set of instructions or tools once; the number 0 stands for none.
    // What stands for no value is no text that something is part of.
    std::vector<std::uint8_t> isMeant = {
        std::find(condition.values.begin(), condition.values.end(), missingValue(field)) != condition.values.end()};
    if (field == Dimension::SystemPrompt) {
        for (std::size_t number = 1; number < index.instructions().size(); ++number)
            isMeant.push_back(isNamed(digestValue(index.instructions()[number].stable)));
    } else {
        std::unordered_map<std::uint32_t, bool> known; // by name of a tool
        for (std::size_t number = 1; number < index.toolSets().size(); ++number) {
            const PromptIndex::ToolSet& set = index.toolSets()[number];
            bool holdsAny = field == Dimension::ToolSet && isNamed(digestValue(set.digest));
            for (const std::uint32_t tool :
                 field == Dimension::OfferedTool ? set.tools : std::vector<std::uint32_t>()) {
                const auto [at, isNew] = known.emplace(tool, false);
                if (isNew)
                    at->second = isNamed(TRY(m_reader.textOf(tool)));
                holdsAny |= at->second;
            }
            isMeant.push_back(holdsAny);
        }
    }
    return rows.where([&](std::size_t row) {
        const std::uint32_t number =
            field == Dimension::SystemPrompt ? index.instructionsOf(row) : index.toolSetOf(row);
        return (isMeant[number] != 0) != condition.isExcluded;
    });
}

} // namespace plumbline::queries
