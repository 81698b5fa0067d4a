// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/completeness_table.h"

#include "model/items/common_cells.h"
#include "model/items/format.h"
#include "model/items/spend_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Lines = RowTable<CompletenessLine>;

} // namespace

CompletenessTable::CompletenessTable(QObject* parent) : RowTable(parent) {}

void CompletenessTable::show(const Completeness& completeness, const std::vector<SpendAdjustment>& adjustments)
{
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"what"_s,
         .title = tr("What"),
         .kind = Text,
         .cell = [](const CompletenessLine& line,
                    const Lines&) { return Cell{.text = line.title, .value = line.title, .toolTip = line.toolTip}; }},
        {.id = u"count"_s,
         .title = tr("Number"),
         .kind = Figure,
         .cell = [](const CompletenessLine& line, const Lines&) { return cells::count(line.count); },
         .toolTip = tr("Calls, spans, records or hours, as the line says")},
        {.id = u"share"_s,
         .title = tr("Share"),
         .kind = Figure,
         .cell =
             [](const CompletenessLine& line, const Lines&) {
                 return line.share ? Cell{.text = format::percent(*line.share), .value = *line.share} : Cell{};
             },
         .toolTip = tr("Of the calls in the filter")},
        {.id = u"about"_s,
         .title = tr("More"),
         .kind = Link,
         .cell =
             [](const CompletenessLine& line, const Lines&) {
                 if (line.count == 0 || line.about == CompletenessLine::About::Nothing)
                     return Cell{};
                 const QString text = line.about == CompletenessLine::About::Wrappers ? tr("why?") : tr("show");
                 return Cell{.text = text, .value = text};
             }},
    };
    using About = CompletenessLine::About;
    const Completeness& c = completeness;
    const auto line = [&](QString title, std::int64_t count, QString toolTip, About about = About::Nothing,
                          bool isOfCalls = true) {
        const bool hasShare = isOfCalls && c.calls > 0;
        return CompletenessLine{
            std::move(title), std::move(toolTip), count,
            hasShare ? std::optional(static_cast<double>(count) / static_cast<double>(c.calls)) : std::nullopt, about};
    };
    std::vector<CompletenessLine> lines = {
        line(tr("Calls with usage"), c.calls - c.callsWithoutUsage, tr("The source says how many tokens they used")),
        line(tr("Calls without usage"), c.callsWithoutUsage,
             tr("They count as calls; their tokens and cost are unknown"), About::WithoutUsage),
        line(tr("Unpriced calls"), c.unpricedCalls,
             tr("Their model is in no price book, or their source does not say how much input they had: their "
                "cost is unknown, not zero"),
             About::Unpriced),
        line(tr("Wrapper spans not billed"), c.wrapperSpans, tr("Spans that repeat the usage of their children"),
             About::Wrappers, false),
        line(tr("Duplicates dropped"), c.duplicatesDropped, tr("Records that were here already, to the byte"),
             About::Nothing, false),
        line(tr("Records skipped"), c.recordsSkipped, tr("Records that could not be read"), About::Skipped, false),
        line(tr("Hours without data"), c.hoursWithoutData, tr("Between the first and the last call"), About::Nothing,
             false),
    };
    const auto addIfAny = [&](CompletenessLine rare) {
        if (rare.count > 0)
            lines.push_back(std::move(rare));
    };
    addIfAny(line(tr("Usage corrected"), c.correctedUsage, tr("The source had counted tokens twice")));
    addIfAny(line(tr("Cache split unknown"), c.ambiguousUsage,
                  tr("Nothing decides whether input includes cached tokens: taken as included")));
    addIfAny(line(tr("Usage perhaps estimated"), c.estimatedUsage, tr("A vendor's tokenizer may have made it up")));
    addIfAny(line(tr("Seen by a second source"), c.otherWitnesses, tr("Calls that two sources report are billed once"),
                  About::Nothing, false));
    addIfAny(line(tr("Prompts cut off"), c.truncatedPrompts, tr("The source kept only a part of them")));
    for (const SpendAdjustment& of : adjustments)
        lines.push_back(
            line(tr("%1 since it was closed: %2").arg(format::month(of.month), stepText(centsOf(of.amount))),
                 std::abs(of.calls), tr("Spend and reports show the month as it was when it was closed"),
                 About::Nothing, false));
    setRows(std::move(columns), std::move(lines));
}

QString completenessText(const Completeness& completeness)
{
    if (completeness.calls == 0)
        return CompletenessTable::tr("No calls in this filter");
    const auto calls = static_cast<double>(completeness.calls);
    QStringList parts = {
        CompletenessTable::tr("Usage known for %1 of %2 calls")
            .arg(format::percent(static_cast<double>(completeness.calls - completeness.callsWithoutUsage) / calls),
                 format::count(completeness.calls))};
    parts += completeness.unpricedCalls == 0
                 ? CompletenessTable::tr("all of those priced")
                 : CompletenessTable::tr("%1 unpriced").arg(format::count(completeness.unpricedCalls));
    if (completeness.correctedUsage > 0)
        parts +=
            CompletenessTable::tr("%1 with double counts corrected").arg(format::count(completeness.correctedUsage));
    if (completeness.recordsSkipped > 0)
        parts += CompletenessTable::tr("%1 records skipped").arg(format::count(completeness.recordsSkipped));
    return parts.join(u" · "_s);
}

} // namespace plumbline
