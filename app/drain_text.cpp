// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/drain_text.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "app/finding_text.h"
#include "app/json_text.h"
#include "app/plain_text.h"
#include "model/core/csv.h"

namespace plumbline {

namespace {

using json = nlohmann::ordered_json;

std::string rowText(const DrainLines::Line& line)
{
    return line.row.empty() ? "all" : line.row;
}

std::string shareText(MoneySum part, MoneySum whole)
{
    if (whole.picodollars() <= 0)
        return "–";
    const std::int64_t tenths = divideHalfEven(part.picodollars() * 1000, whole.picodollars());
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

/// `bill $ = waste $ + opportunity $ + useful $`, and what is not in it.
std::vector<std::string> ledgerLines(const DrainsAnswer& answer)
{
    const LedgerSums& total = answer.total;
    std::vector<std::string> lines{"bill " + exactDollars(total.bill) + " = waste " + exactDollars(total.waste) + " (" +
                                   shareText(total.waste, total.bill) + ") + opportunity " +
                                   exactDollars(total.opportunity) + " (" + shareText(total.opportunity, total.bill) +
                                   ") + useful " + exactDollars(total.useful()) + " (" +
                                   shareText(total.useful(), total.bill) + ")"};
    if (answer.lessCertain.picodollars() != 0)
        lines.push_back("less certain, not listed: " + exactDollars(answer.lessCertain));
    if (answer.muted.picodollars() != 0)
        lines.push_back("muted: " + exactDollars(answer.muted));
    if (total.callsWaiting > 0)
        lines.push_back(grouped(total.callsWaiting) + " of " + grouped(total.calls) +
                        " calls are not analysed yet: their cost stands as useful");
    if (total.unpricedCalls > 0)
        lines.push_back(grouped(total.unpricedCalls) +
                        " calls have no price: their tokens count, their cost is unknown");
    return lines;
}

std::vector<std::vector<std::string>> cellsOf(const DrainLines& lines)
{
    std::vector<std::vector<std::string>> rows{
        {lines.rowTitle, lines.columnTitle, "confidence", "calls", "tokens", "cost"}};
    for (const DrainLines::Line& line : lines.lines)
        rows.push_back({rowText(line), line.column, std::string(idOf(line.cell.confidence)), grouped(line.cell.calls),
                        grouped(line.cell.tokens), exactDollars(line.cell.money)});
    return rows;
}

} // namespace

DrainLines drainLines(const DrainsQuestion& question, bool together, DrainsAnswer answer)
{
    DrainLines lines{.rowTitle = idOf(question.rows),
                     .columnTitle = question.by == DrainsQuestion::Columns::Values ? idOf(question.columns)
                                                                                   : std::string("drain")};
    std::map<std::pair<std::size_t, Confidence>, DrainCell> sums;
    for (const DrainCell& cell : answer.cells) {
        if (!together) {
            lines.lines.push_back({answer.rows[cell.row], answer.columns[cell.column], cell});
            continue;
        }
        DrainCell& sum = sums[{cell.column, cell.confidence}];
        sum.confidence = cell.confidence;
        sum.calls += cell.calls;
        sum.tokens += cell.tokens;
        sum.cached += cell.cached;
        sum.money += cell.money;
    }
    for (const auto& [key, cell] : sums)
        lines.lines.push_back({{}, answer.columns[key.first], cell});
    std::stable_sort(lines.lines.begin(), lines.lines.end(), [](const DrainLines::Line& a, const DrainLines::Line& b) {
        const bool isBeside = a.cell.confidence == Confidence::Beside;
        if (isBeside != (b.cell.confidence == Confidence::Beside))
            return !isBeside;
        return a.cell.money > b.cell.money;
    });
    lines.answer = std::move(answer);
    return lines;
}

std::string drainsJson(const DrainLines& lines, const std::string& drain, const std::optional<FindingAnswer>& finding)
{
    json rows = json::array();
    for (const DrainLines::Line& line : lines.lines) {
        json row;
        if (!line.row.empty())
            row[lines.rowTitle] = line.row;
        row[lines.columnTitle] = line.column;
        row["calls"] = line.cell.calls;
        row["tokens"] = line.cell.tokens;
        row["cost_usd"] = decimalText(line.cell.money);
        row["confidence"] = idOf(line.cell.confidence);
        rows.push_back(std::move(row));
    }
    const LedgerSums& total = lines.answer.total;
    json object{{"rows", std::move(rows)},
                {"ledger",
                 {{"bill_usd", decimalText(total.bill)},
                  {"waste_usd", decimalText(total.waste)},
                  {"opportunity_usd", decimalText(total.opportunity)},
                  {"useful_usd", decimalText(total.useful())},
                  {"tokens", total.tokens},
                  {"wasted_tokens", total.wastedTokens},
                  {"opportunity_tokens", total.opportunityTokens},
                  {"calls", total.calls},
                  {"calls_waiting", total.callsWaiting},
                  {"unpriced_calls", total.unpricedCalls},
                  {"less_certain_usd", decimalText(lines.answer.lessCertain)},
                  {"muted_usd", decimalText(lines.answer.muted)}}}};
    if (finding)
        object["finding"] = findingObject(drain, *finding);
    return jsonText(object);
}

std::string drainsCsv(const DrainLines& lines)
{
    std::string text = lines.rowTitle + "," + lines.columnTitle + ",calls,tokens,cost_usd,confidence\n";
    for (const DrainLines::Line& line : lines.lines)
        text += csvField(rowText(line)) + "," + csvField(line.column) + "," + std::to_string(line.cell.calls) + "," +
                std::to_string(line.cell.tokens) + "," + decimalText(line.cell.money) + "," +
                std::string(idOf(line.cell.confidence)) + "\n";
    return text;
}

std::string drainsMarkdown(const DrainLines& lines)
{
    std::string text;
    const auto rows = cellsOf(lines);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += "|";
        for (std::string cell : rows[i]) {
            for (std::size_t at = cell.find('|'); at != std::string::npos; at = cell.find('|', at + 2))
                cell.insert(at, "\\");
            text += " " + cell + " |";
        }
        text += "\n";
        if (i == 0)
            text += "|---|---|---|--:|--:|--:|\n";
    }
    for (const std::string& line : ledgerLines(lines.answer))
        text += "\n" + line + "\n";
    return text;
}

std::string drainsTable(const DrainLines& lines)
{
    std::string text = tableText(cellsOf(lines), 3) + "\n";
    for (const std::string& line : ledgerLines(lines.answer))
        text += line + "\n";
    return text;
}

} // namespace plumbline
