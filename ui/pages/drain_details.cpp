// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/drain_details.h"

#include <algorithm>

#include "model/analysis/drain.h"

namespace plumbline {

namespace {

std::vector<FindingPanel::Choice> choicesOf(const DrainsAnswer& answer)
{
    std::vector<FindingPanel::Choice> choices;
    for (std::size_t column = 0; column < answer.columns.size(); ++column) {
        FindingPanel::Choice choice{.drain = answer.columns[column]};
        choice.isBeside = drainOf(choice.drain)->kind == DrainKind::Beside;
        for (const DrainCell& cell : answer.cells)
            if (cell.column == column)
                choice.money += cell.money;
        choices.push_back(std::move(choice));
    }
    std::stable_sort(choices.begin(), choices.end(), [](const auto& a, const auto& b) {
        return a.isBeside != b.isBeside ? b.isBeside : a.money > b.money;
    });
    return choices;
}

} // namespace

Result<DrainDetails> drainDetails(const Queries& queries, const DrainsQuestion& behind,
                                  const std::optional<std::string>& wanted, const StopToken& stop)
{
    DrainDetails details{.choices = choicesOf(TRY(queries.drains(behind, stop)))};
    if (details.choices.empty())
        return details;
    const bool isThere = wanted && std::any_of(details.choices.begin(), details.choices.end(),
                                               [&](const auto& choice) { return choice.drain == *wanted; });
    details.drain = isThere ? *wanted : details.choices.front().drain;
    details.finding = TRY(queries.finding(
        {.filter = behind.filter, .drain = details.drain, .least = behind.least, .wantsMuted = behind.wantsMuted},
        stop));
    return details;
}

} // namespace plumbline
