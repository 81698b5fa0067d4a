// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/source_tables.h"

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Sources = RowTable<SourceRow>;
using Previews = RowTable<FilePreview>;
using Lines = RowTable<CompletenessLine>;

Cell countCell(std::int64_t number)
{
    return {.text = format::count(number), .value = static_cast<qlonglong>(number)};
}

QString periodText(std::optional<Timestamp> first, std::optional<Timestamp> last, const ReportingCalendar& calendar)
{
    if (!first || !last)
        return format::unknown();
    return format::period({*first, Timestamp(last->microseconds() + 1)}, calendar);
}

Cell stateCell(const SourceRow& source, const Sources&)
{
    QStringList lines;
    if (source.unpricedCalls > 0)
        lines += SourcesTable::tr("%1 calls unpriced").arg(format::count(source.unpricedCalls));
    if (source.callsWithoutUsage > 0)
        lines += SourcesTable::tr("%1 calls without usage").arg(format::count(source.callsWithoutUsage));
    if (source.skipped > 0)
        lines += SourcesTable::tr("%1 records skipped").arg(format::count(source.skipped));
    if (!source.report.failedFiles.empty())
        lines += SourcesTable::tr("%1 files unreadable").arg(source.report.failedFiles.size());
    if (lines.isEmpty())
        return {.text = SourcesTable::tr("complete"), .value = 0, .picture = QVariant::fromValue(Pill{Tone::Good})};
    const bool isBad = source.unpricedCalls > 0 || !source.report.failedFiles.empty();
    return {.text = lines.first(),
            .value = static_cast<qlonglong>(source.unpricedCalls + source.callsWithoutUsage + source.skipped),
            .toolTip = lines.join(u'\n'),
            .picture = QVariant::fromValue(Pill{isBad ? Tone::Bad : Tone::Warning})};
}

QString privacyTitle(Privacy privacy)
{
    switch (privacy) {
    case Privacy::Bodies:
        return SourcesTable::tr("full text");
    case Privacy::Digests:
        return SourcesTable::tr("digests");
    case Privacy::Metadata:
        return SourcesTable::tr("figures only");
    }
    return {};
}

Cell missingCell(const FilePreview& file, const Previews&)
{
    if (file.error)
        return {.text = toQt(file.error->reason),
                .value = toQt(file.error->reason),
                .picture = QVariant::fromValue(Pill{Tone::Bad})};
    if (file.missing.empty())
        return {
            .text = PreviewTable::tr("nothing"), .value = QString(), .picture = QVariant::fromValue(Pill{Tone::Good})};
    QStringList missing;
    for (const std::string& one : file.missing)
        missing += toQt(one);
    const QString text = missing.join(u", "_s);
    return {.text = text, .value = text, .toolTip = text, .picture = QVariant::fromValue(Pill{Tone::Warning})};
}

} // namespace

SourcesTable::SourcesTable(QObject* parent) : RowTable(parent) {}

void SourcesTable::show(std::vector<SourceRow> sources, const ReportingCalendar& calendar)
{
    m_calendar = calendar;
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"source"_s,
         .title = tr("Source"),
         .kind = Name,
         .cell =
             [](const SourceRow& source, const Sources&) {
                 return Cell{.text = toQt(source.name),
                             .value = toQt(source.name),
                             .toolTip = toQt(source.detail),
                             .picture = QVariant::fromValue(Detail{toQt(source.detail)})};
             }},
        {.id = u"format"_s,
         .title = tr("Format"),
         .kind = Pill,
         .cell =
             [](const SourceRow& source, const Sources&) {
                 return Cell{.text = toQt(source.format),
                             .value = toQt(source.format),
                             .picture = QVariant::fromValue(plumbline::Pill{})};
             }},
        {.id = u"records"_s,
         .title = tr("Records"),
         .kind = Figure,
         .cell = [](const SourceRow& source, const Sources&) { return countCell(source.records); }},
        {.id = u"calls"_s,
         .title = tr("Calls"),
         .kind = Figure,
         .cell = [](const SourceRow& source, const Sources&) { return countCell(source.calls); },
         .toolTip = tr("Billed calls this source is a witness of")},
        {.id = u"period"_s,
         .title = tr("Period"),
         .kind = Text,
         .cell =
             [](const SourceRow& source, const Sources& table) {
                 const auto& zone = static_cast<const SourcesTable&>(table).calendar();
                 return Cell{.text = periodText(source.first, source.last, zone),
                             .value = source.first ? QVariant(static_cast<qlonglong>(source.first->microseconds()))
                                                   : QVariant(),
                             .toolTip = source.first && source.last ? format::instant(*source.first, zone) + u" – "_s +
                                                                          format::instant(*source.last, zone)
                                                                    : tr("No record of it has a time")};
             }},
        {.id = u"state"_s, .title = tr("State"), .kind = Pill, .cell = stateCell},
        {.id = u"kept"_s,
         .title = tr("Kept"),
         .kind = Text,
         .cell =
             [](const SourceRow& source, const Sources&) {
                 return Cell{.text = privacyTitle(source.privacy), .value = privacyTitle(source.privacy)};
             },
         .toolTip = tr("What of the prompts is in the workspace"),
         .isHiddenFirst = true},
        {.id = u"imported"_s,
         .title = tr("Imported"),
         .kind = Text,
         .cell =
             [](const SourceRow& source, const Sources& table) {
                 if (!source.importedAt)
                     return Cell{.text = format::unknown()};
                 const auto& zone = static_cast<const SourcesTable&>(table).calendar();
                 return Cell{.text = format::minute(*source.importedAt, zone),
                             .value = static_cast<qlonglong>(source.importedAt->microseconds())};
             },
         .isHiddenFirst = true},
    };
    setRows(std::move(columns), std::move(sources));
}

PreviewTable::PreviewTable(QObject* parent) : RowTable(parent) {}

void PreviewTable::show(std::vector<FilePreview> files)
{
    using enum ColumnKind;
    std::vector<Column> columns = {
        {.id = u"file"_s,
         .title = tr("File"),
         .kind = Name,
         .cell =
             [](const FilePreview& file, const Previews&) {
                 const QString name = toQt(file.path.filename().string());
                 return Cell{.text = name, .value = name, .toolTip = toQt(file.path.string())};
             }},
        {.id = u"format"_s,
         .title = tr("Format"),
         .kind = Pill,
         .cell =
             [](const FilePreview& file, const Previews&) {
                 if (file.error)
                     return Cell{.text = format::unknown()};
                 return Cell{.text = toQt(file.formatTitle),
                             .value = toQt(file.formatTitle),
                             .picture = QVariant::fromValue(plumbline::Pill{})};
             }},
        {.id = u"size"_s,
         .title = tr("Size"),
         .kind = Figure,
         .cell =
             [](const FilePreview& file, const Previews&) {
                 return Cell{.text = format::bytes(file.bytes), .value = static_cast<qulonglong>(file.bytes)};
             }},
        {.id = u"records"_s,
         .title = tr("Records"),
         .kind = Figure,
         .cell =
             [](const FilePreview& file, const Previews&) {
                 if (file.error)
                     return Cell{.text = format::unknown()};
                 return Cell{.text = u"≈ "_s + format::shortCount(static_cast<std::int64_t>(file.estimatedRecords)),
                             .value = static_cast<qulonglong>(file.estimatedRecords),
                             .toolTip = tr("Estimated from the first records")};
             }},
        {.id = u"period"_s,
         .title = tr("From"),
         .kind = Text,
         .cell =
             [](const FilePreview& file, const Previews&) {
                 return Cell{.text = periodText(file.first, file.last, ReportingCalendar()),
                             .value =
                                 file.first ? QVariant(static_cast<qlonglong>(file.first->microseconds())) : QVariant(),
                             .toolTip = tr("Of the first records, in UTC")};
             }},
        {.id = u"missing"_s, .title = tr("Will be missing"), .kind = Pill, .cell = missingCell},
    };
    setRows(std::move(columns), std::move(files));
}

SkippedTable::SkippedTable(QObject* parent) : RowTable(parent) {}

void SkippedTable::show(std::vector<Skipped> skipped)
{
    using enum ColumnKind;
    using Reasons = RowTable<Skipped>;
    std::vector<Column> columns = {
        {.id = u"reason"_s,
         .title = tr("Reason"),
         .kind = Text,
         .cell =
             [](const Skipped& one, const Reasons&) {
                 return Cell{.text = toQt(one.reason), .value = toQt(one.reason), .toolTip = toQt(one.reason)};
             }},
        {.id = u"records"_s,
         .title = tr("Records"),
         .kind = Figure,
         .cell = [](const Skipped& one, const Reasons&) { return countCell(static_cast<std::int64_t>(one.count)); }},
        {.id = u"first"_s,
         .title = tr("First in"),
         .kind = Mono,
         .cell =
             [](const Skipped& one, const Reasons&) {
                 const QString place = tr("%1, record %2").arg(toQt(one.firstFile)).arg(one.firstRecord);
                 return Cell{.text = place, .value = place, .toolTip = place};
             }},
    };
    setRows(std::move(columns), std::move(skipped));
}

CompletenessTable::CompletenessTable(QObject* parent) : RowTable(parent) {}

void CompletenessTable::show(const Completeness& completeness)
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
         .cell = [](const CompletenessLine& line, const Lines&) { return countCell(line.count); }},
        {.id = u"share"_s,
         .title = tr("Share"),
         .kind = Figure,
         .cell =
             [](const CompletenessLine& line, const Lines&) {
                 return line.share ? Cell{.text = format::percent(*line.share), .value = *line.share} : Cell{};
             }},
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
             tr("They count as calls; their tokens and cost are unknown")),
        line(tr("Unpriced calls"), c.unpricedCalls,
             tr("Their model is in no price book: their cost is unknown, not zero"), About::Unpriced),
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
                 ? CompletenessTable::tr("every one of them priced")
                 : CompletenessTable::tr("%1 unpriced").arg(format::count(completeness.unpricedCalls));
    if (completeness.correctedUsage > 0)
        parts +=
            CompletenessTable::tr("%1 with double counts corrected").arg(format::count(completeness.correctedUsage));
    if (completeness.recordsSkipped > 0)
        parts += CompletenessTable::tr("%1 records skipped").arg(format::count(completeness.recordsSkipped));
    return parts.join(u" · "_s);
}

} // namespace plumbline
