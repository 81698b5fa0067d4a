// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/token_charts.h"

#include <QCoreApplication>

#include <array>

#include "model/items/format.h"
#include "model/items/ratios.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FeaturesPage", text);
}

/// One series a part that has any tokens. `amount` is a part's tokens in a column's measures, times `scale` of the
/// column.
template <std::size_t count, class Scale>
std::vector<PlotSeries> seriesByPart(const std::vector<Measures>& columns, const std::array<Part, count>& parts,
                                     Scale scale)
{
    std::vector<PlotSeries> series;
    for (const Part part : parts) {
        PlotSeries one{.name = partTitle(part), .hue = {.kind = Hue::Kind::OfPart, .part = part}};
        bool isEmpty = true;
        for (const Measures& column : columns) {
            double amount = 0;
            for (const MakeUp::Piece& piece : ratios::makeUp(column).pieces)
                if (piece.part == part)
                    amount = piece.amount * scale(column);
            isEmpty &= amount == 0;
            one.values.push_back(amount);
        }
        if (!isEmpty)
            series.push_back(std::move(one));
    }
    return series;
}

} // namespace

StackedBars distributionChart(const Distribution& distribution)
{
    StackedBars chart{.title = tr("Input tokens per call"),
                      .unit = PlotUnit::Calls,
                      .tickSteps = {1, 2, 4, 6, 8, 12},
                      .hasLegend = false};
    for (std::size_t i = 0; i < distribution.bins.size(); ++i) {
        const auto from = static_cast<TokenCount>(i) * distribution.binWidth;
        const bool isLast = i + 1 == distribution.bins.size();
        chart.categories += plotTick(PlotUnit::Tokens, static_cast<double>(from));
        chart.details +=
            isLast ? tr("%1 tokens and more").arg(format::count(from))
                   : tr("%1 to %2 tokens").arg(format::count(from), format::count(from + distribution.binWidth - 1));
    }
    // The height is calls; the colours show what their input is made of.
    constexpr std::array inputParts = {Part::UncachedInput, Part::CacheRead, Part::CacheWrite};
    chart.series = seriesByPart(distribution.bins, inputParts, [](const Measures& bin) {
        const auto input = static_cast<double>(bin.input.value_or(0));
        return input > 0 ? static_cast<double>(bin.calls) / input : 0.0;
    });
    return chart;
}

StackedBars growthChart(const SessionGrowth& growth)
{
    StackedBars chart{.title = tr("How a session grows"),
                      .unit = PlotUnit::Tokens,
                      .tickSteps = {1, 2, 4, 5, 10},
                      .hasLegend = false};
    for (std::size_t i = 0; i < growth.turns.size(); ++i) {
        chart.categories += QString::number(i + 1);
        chart.details += tr("Call %1 of a session, mean tokens (%2 sessions got there)")
                             .arg(i + 1)
                             .arg(format::count(growth.turns[i].calls));
    }
    constexpr std::array allParts = {Part::UncachedInput, Part::CacheRead, Part::CacheWrite, Part::Output,
                                     Part::Reasoning};
    chart.series = seriesByPart(growth.turns, allParts, [](const Measures& turn) {
        const std::int64_t calls = ratios::callsWithUsage(turn);
        return calls > 0 ? 1.0 / static_cast<double>(calls) : 0.0;
    });
    return chart;
}

} // namespace plumbline
