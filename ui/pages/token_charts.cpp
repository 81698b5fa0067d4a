// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/token_charts.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/ratios.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(FeaturesPage)
};

/// One series a part that has any tokens. `amount` is a part's tokens in a column's measures, times `scale` of the
/// column.
template <class Scale>
std::vector<PlotSeries> seriesByPart(const std::vector<Measures>& columns, const std::vector<LedgerSums>& ledgers,
                                     Scale scale)
{
    // All columns by segment, or all by bucket.
    const bool bySegment = std::any_of(ledgers.begin(), ledgers.end(),
                                       [](const LedgerSums& ledger) { return ledger.callsAnalysed() > 0; });
    const std::vector<Part> parts = bySegment ? std::vector<Part>(segmentParts.begin(), segmentParts.end())
                                              : std::vector<Part>(bucketParts.begin(), bucketParts.end());
    std::vector<PlotSeries> series;
    for (const Part part : parts) {
        PlotSeries one{.name = partTitle(part), .hue = {.kind = Hue::Kind::OfPart, .part = part}};
        bool isEmpty = true;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const MakeUp makeUp = ratios::makeUp(columns[i], bySegment ? std::optional(ledgers[i]) : std::nullopt);
            double amount = 0;
            for (const MakeUp::Piece& piece : makeUp.pieces)
                if (piece.part == part)
                    amount = piece.amount * scale(columns[i], makeUp);
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
    StackedBars chart{.title = Texts::tr("Input tokens per call"),
                      .unit = PlotUnit::Calls,
                      .tickSteps = {1, 2, 4, 6, 8, 12},
                      .hasLegend = false};
    for (std::size_t i = 0; i < distribution.bins.size(); ++i) {
        const auto from = static_cast<TokenCount>(i) * distribution.binWidth;
        const bool isLast = i + 1 == distribution.bins.size();
        chart.categories += plotTick(PlotUnit::Tokens, static_cast<double>(from));
        chart.details += isLast ? Texts::tr("%1 tokens and more").arg(format::count(from))
                                : Texts::tr("%1 to %2 tokens")
                                      .arg(format::count(from), format::count(from + distribution.binWidth - 1));
    }
    // The height is calls; the colours show what their input is made of.
    chart.series = seriesByPart(distribution.bins, distribution.ledgers, [](const Measures& bin, const MakeUp& makeUp) {
        double all = 0;
        for (const MakeUp::Piece& piece : makeUp.pieces)
            if (piece.part != Part::Output && piece.part != Part::Reasoning)
                all += piece.amount;
        return all > 0 ? static_cast<double>(bin.calls) / all : 0.0;
    });
    // The answers are no part of an input.
    std::erase_if(chart.series, [](const PlotSeries& series) {
        return series.hue.part == Part::Output || series.hue.part == Part::Reasoning;
    });
    return chart;
}

StackedBars growthChart(const SessionGrowth& growth)
{
    StackedBars chart{.title = Texts::tr("How a session grows"),
                      .unit = PlotUnit::Tokens,
                      .tickSteps = {1, 2, 4, 5, 10},
                      .hasLegend = false};
    for (std::size_t i = 0; i < growth.turns.size(); ++i) {
        chart.categories += QString::number(i + 1);
        chart.details += Texts::tr("Call %1 of a session, mean tokens (%2 sessions got there)")
                             .arg(i + 1)
                             .arg(format::count(growth.turns[i].calls));
    }
    chart.series = seriesByPart(growth.turns, growth.ledgers, [](const Measures& turn, const MakeUp&) {
        const std::int64_t calls = ratios::callsWithUsage(turn);
        return calls > 0 ? 1.0 / static_cast<double>(calls) : 0.0;
    });
    return chart;
}

} // namespace plumbline
