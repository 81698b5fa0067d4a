// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/bill_repeats.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "model/core/ascii.h"

namespace plumbline::queries {

namespace {

/// A statement, to compare with others about the same.
struct StatedLine
{
    std::string about;
    std::int64_t start, end; ///< microseconds
    std::size_t row;
};

std::string aboutOf(const BillRow& row)
{
    std::string about;
    for (const std::string* text :
         {&row.provider, &row.model, &row.meter, &row.project, &row.apiKey, &row.tier, &row.currency, &row.description})
        about.append(*text).push_back('\0');
    return about;
}

/// What one import says of a month, with a cost.
struct Telling
{
    std::int64_t import = 0;
    MoneySum sum = {};
    std::int64_t lines = 0;
    bool isExport = true;
};

/// A provider, a currency and a month of UTC. Months of the reporting time zone begin up to half a day off.
using BilledMonth = std::tuple<std::string, std::string, std::string>;
BilledMonth monthOf(const BillRow& row)
{
    constexpr std::int64_t halfDay = std::int64_t{12} * 3600 * 1'000'000; // microseconds
    return {lowerCase(row.provider), row.currency.empty() ? "USD" : row.currency,
            isoText(Timestamp(row.start.microseconds() + halfDay)).substr(0, std::string_view("2026-10").size())};
}

/// Each line may be rounded by half a cent, which together is never more than a thousandth.
bool areEqual(const Telling& a, const Telling& b)
{
    constexpr auto cent = static_cast<double>(MoneySum::picodollarsPerCent);
    const double off = std::abs(static_cast<double>((a.sum - b.sum).picodollars()));
    const double rounding = static_cast<double>(a.lines + b.lines) * cent / 2;
    return off <= std::max(cent, std::min(rounding, std::abs(static_cast<double>(a.sum.picodollars())) / 1000));
}

} // namespace

void dropWithinWider(std::vector<BillRow>& rows)
{
    std::vector<StatedLine> statements;
    for (std::size_t row = 0; row < rows.size(); ++row)
        if (rows[row].isStatement && rows[row].end)
            statements.push_back({.about = aboutOf(rows[row]),
                                  .start = rows[row].start.microseconds(),
                                  .end = rows[row].end->microseconds(),
                                  .row = row});
    std::sort(statements.begin(), statements.end(), [](const StatedLine& a, const StatedLine& b) {
        return std::tie(a.about, a.start, b.end) < std::tie(b.about, b.start, a.end);
    });
    std::vector<bool> isWithin(rows.size(), false);
    const StatedLine* widest = nullptr; // of those before: the one that ends last
    for (const StatedLine& one : statements) {
        const bool hasWider = widest && widest->about == one.about && widest->end >= one.end;
        if (hasWider)
            isWithin[one.row] = widest->end - widest->start > one.end - one.start;
        else
            widest = &one;
    }
    std::size_t row = 0;
    std::erase_if(rows, [&](const BillRow&) { return isWithin[row++]; });
}

void markRetold(std::vector<BillRow>& rows)
{
    std::map<BilledMonth, std::map<std::int64_t, Telling>> months;
    for (const BillRow& row : rows) {
        if (!row.cost)
            continue;
        Telling& telling = months[monthOf(row)][row.import];
        telling.import = row.import;
        telling.sum += *row.cost;
        ++telling.lines;
        telling.isExport &= row.isStatement;
    }
    std::map<BilledMonth, std::vector<std::int64_t>> retold;
    for (const auto& [month, byImport] : months) {
        std::vector<Telling> tellings;
        for (const auto& [import, telling] : byImport)
            tellings.push_back(telling);
        // The one with most lines first; of equals the older.
        std::stable_sort(tellings.begin(), tellings.end(), [](const Telling& a, const Telling& b) {
            return a.isExport != b.isExport ? a.isExport : a.lines > b.lines;
        });
        for (std::size_t i = 1; i < tellings.size(); ++i) {
            const bool isTold =
                std::any_of(tellings.begin(), tellings.begin() + static_cast<std::ptrdiff_t>(i),
                            [&](const Telling& told) { return told.isExport && areEqual(told, tellings[i]); });
            if (isTold && tellings[i].sum != MoneySum())
                retold[month].push_back(tellings[i].import);
        }
    }
    for (BillRow& row : rows) {
        const auto month = row.cost ? retold.find(monthOf(row)) : retold.end();
        row.isRetold = month != retold.end() &&
                       std::find(month->second.begin(), month->second.end(), row.import) != month->second.end();
    }
}

} // namespace plumbline::queries
