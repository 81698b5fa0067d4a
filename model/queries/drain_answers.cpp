// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/drain_answers.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "model/queries/groups.h"
#include "model/queries/mutes.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

using queries::DimensionCodes;
using queries::Selector;

/// A confidence is shown if it is at least as sure; what stands beside the ledger only if asked for.
bool isShown(Confidence confidence, const DrainsQuestion& question)
{
    if (confidence == Confidence::Beside)
        return question.wantsBeside;
    return confidence <= question.least;
}

/// Rows and columns as they are met, before they are put in order.
struct Grid
{
    std::map<std::tuple<std::uint32_t, std::uint32_t, Confidence>, DrainCell> cells = {};
    std::map<std::uint32_t, LedgerSums> rows = {};
    MoneySum lessCertain = {}, muted = {};
};

/// The keys of a call in one dimension: one, or several where its groups overlap.
template <class Visit>
void forEachCode(const DimensionCodes& dimension, std::size_t row, Visit visit)
{
    const std::uint32_t code = dimension.codeOf(row);
    if (!dimension.overlaps())
        visit(code);
    else
        for (const std::uint32_t member : dimension.members[code])
            visit(member);
}

void addClaims(Grid& grid, const LedgerTable& ledger, const CallTable& table, const queries::Mutes& mutes,
               const DrainsQuestion& question, std::optional<std::uint8_t> only, std::size_t row,
               const std::vector<std::uint32_t>& rowCodes, const std::vector<std::uint32_t>& columnCodes)
{
    const std::span<const Claim> claims = ledger.claimsOf(row);
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const Claim& claim = claims[i];
        if (only && claim.drain != *only)
            continue;
        const bool isMuted = !question.wantsMuted && mutes.hides(table, row, claim);
        if (isMuted || !isShown(claim.confidence, question)) {
            if (claim.confidence != Confidence::Beside)
                (isMuted ? grid.muted : grid.lessCertain) += Money(claim.money);
            continue;
        }
        const bool byDrain = question.by == DrainsQuestion::Columns::Drains;
        const bool bySegment = question.by == DrainsQuestion::Columns::Segments;
        // Tokens that were needed and those that were not are never added up.
        const bool countsTokens = byDrain || only || allDrains()[claim.drain].isQuantity();
        for (const std::uint32_t rowCode : rowCodes) {
            const auto add = [&](std::uint32_t column) {
                DrainCell& cell = grid.cells[{rowCode, column, claim.confidence}];
                // A drain claims of one call segment by segment: it is one call.
                const bool isFirst = std::none_of(
                    claims.begin(), claims.begin() + static_cast<std::ptrdiff_t>(i), [&](const Claim& before) {
                        return before.confidence == claim.confidence && (!only || before.drain == *only) &&
                               (byDrain     ? before.drain == claim.drain
                                : bySegment ? before.segment == claim.segment
                                            : question.wantsMuted || !mutes.hides(table, row, before));
                    });
                cell.calls += isFirst;
                cell.tokens += countsTokens ? claim.tokens : 0;
                cell.cached += countsTokens ? claim.cached : 0;
                cell.money += Money(claim.money);
            };
            if (byDrain)
                add(claim.drain);
            else if (bySegment)
                add(static_cast<std::uint32_t>(claim.segment));
            else
                for (const std::uint32_t column : columnCodes)
                    add(column);
        }
    }
}

bool keepsItsOrder(Dimension dimension)
{
    return dimension == Dimension::Hour || dimension == Dimension::Day || dimension == Dimension::Week ||
           dimension == Dimension::Month || dimension == Dimension::Weekday || dimension == Dimension::HourOfDay;
}

/// Codes that occur, in order of their value or by falling money; drains in the ledger's order where money is equal.
std::vector<std::uint32_t> ordered(const std::map<std::uint32_t, MoneySum>& codes, bool byCode)
{
    std::vector<std::uint32_t> order;
    for (const auto& [code, money] : codes)
        order.push_back(code);
    if (!byCode)
        std::stable_sort(order.begin(), order.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return codes.at(a) > codes.at(b); });
    return order;
}

constexpr std::size_t mostTurns = 40;

} // namespace

namespace queries {

Result<Mutes> Mutes::read(const store::Workspace& workspace, const CallTable& table)
{
    Mutes mutes;
    store::Statement notes =
        TRY(workspace.database().prepare("SELECT feature, drain FROM finding_note WHERE state = 'muted'"));
    store::NameReader names = TRY(store::NameReader::open(workspace.database()));
    while (TRY(notes.next())) {
        const std::string feature(notes.text(0));
        const auto drain = drainNumberOf(notes.text(1));
        if (!drain)
            continue;
        if (feature.empty())
            mutes.m_all.insert(*drain);
        else if (feature == missingValue(Dimension::Feature))
            mutes.m_byFeature.insert({0, *drain});
        else if (const std::uint32_t code = table.column(CallTable::Feature).codeOf(TRY(names.find(feature))))
            mutes.m_byFeature.insert({code, *drain});
    }
    return mutes;
}

} // namespace queries

Result<DrainsAnswer> Queries::drains(const DrainsQuestion& question, const StopToken& stop) const
{
    std::optional<std::uint8_t> only;
    if (question.drain) {
        only = drainNumberOf(*question.drain);
        if (!only)
            return fail(ErrorKind::Usage, "there is no drain '" + *question.drain + "'");
    }
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Workspace& workspace = connection.workspace();
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(workspace, stop));
    const queries::Mutes mutes = TRY(queries::Mutes::read(workspace, table));
    Selector selector = TRY(m_snapshot->selector(workspace));
    const bool byTurn = question.by == DrainsQuestion::Columns::Segments;
    const bool byValue = question.by == DrainsQuestion::Columns::Values;
    DimensionCodes rows, columns;
    TRY(selector.layOut(byTurn ? DimensionChoice{Dimension::Session, {}} : question.rows, rows, stop));
    if (byValue)
        TRY(selector.layOut(question.columns, columns, stop));
    const queries::RowSet calls = TRY(selector.rowsOf(question.filter, stop));

    Grid grid;
    DrainsAnswer answer;
    std::vector<std::uint32_t> turnOf(byTurn ? rows.count : 0, 0), rowCodes, columnCodes;
    std::size_t seen = 0;
    bool isStopped = false;
    calls.forEach([&](std::size_t row) {
        if (isStopped || (++seen % 65'536 == 0 && stop.isStopRequested())) {
            isStopped = true;
            return;
        }
        ledger.add(table, row, answer.total);
        rowCodes.clear();
        if (byTurn) {
            const std::uint32_t session = rows.codeOf(row);
            if (session == 0)
                return;
            rowCodes.push_back(std::min<std::uint32_t>(mostTurns, ++turnOf[session]));
        } else {
            forEachCode(rows, row, [&](std::uint32_t code) { rowCodes.push_back(code); });
        }
        columnCodes.clear();
        if (byValue)
            forEachCode(columns, row, [&](std::uint32_t code) { columnCodes.push_back(code); });
        for (const std::uint32_t code : rowCodes)
            ledger.add(table, row, grid.rows[code]);
        addClaims(grid, ledger, table, mutes, question, only, row, rowCodes, columnCodes);
    });
    TRY(stop.check());

    std::map<std::uint32_t, MoneySum> moneyOfRow, moneyOfColumn;
    for (const auto& [code, sums] : grid.rows)
        moneyOfRow[code];
    for (const auto& [key, cell] : grid.cells) {
        const MoneySum money = std::get<2>(key) == Confidence::Beside ? MoneySum() : cell.money;
        moneyOfRow[std::get<0>(key)] += money;
        moneyOfColumn[std::get<1>(key)] += money;
    }
    const std::vector<std::uint32_t> rowOrder = ordered(moneyOfRow, byTurn || keepsItsOrder(question.rows.dimension));
    const std::vector<std::uint32_t> columnOrder =
        ordered(moneyOfColumn, byTurn || (byValue && keepsItsOrder(question.columns.dimension)));
    std::map<std::uint32_t, std::size_t> placeOfRow, placeOfColumn;
    for (const std::uint32_t code : rowOrder) {
        placeOfRow[code] = answer.rows.size();
        answer.rows.push_back(byTurn ? std::to_string(code) + (code == mostTurns ? "+" : "")
                                     : TRY(selector.labelOf(rows, code)));
        answer.rowLedgers.push_back(grid.rows[code]);
    }
    for (const std::uint32_t code : columnOrder) {
        placeOfColumn[code] = answer.columns.size();
        answer.columns.push_back(byTurn    ? std::string(idOf(static_cast<Segment>(code)))
                                 : byValue ? TRY(selector.labelOf(columns, code))
                                           : std::string(allDrains()[code].id));
    }
    for (auto& [key, cell] : grid.cells) {
        cell.row = placeOfRow[std::get<0>(key)];
        cell.column = placeOfColumn[std::get<1>(key)];
        cell.confidence = std::get<2>(key);
        answer.cells.push_back(cell);
    }
    std::sort(answer.cells.begin(), answer.cells.end(), [](const DrainCell& a, const DrainCell& b) {
        return std::tie(a.row, a.column, a.confidence) < std::tie(b.row, b.column, b.confidence);
    });
    answer.lessCertain = grid.lessCertain;
    answer.muted = grid.muted;
    answer.rowsOverlap = rows.overlaps() || columns.overlaps();
    return answer;
}

} // namespace plumbline
