// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/source_tables.h"

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Sources = RowTable<SourceRow>;
using Previews = RowTable<FilePreview>;

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
         .cell = [](const SourceRow& source, const Sources&) { return cells::count(source.records); },
         .toolTip = tr("Records that were read, whatever they held")},
        {.id = u"calls"_s,
         .title = tr("Calls"),
         .kind = Figure,
         .cell = [](const SourceRow& source, const Sources&) { return cells::count(source.calls); },
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

void PreviewTable::show(std::vector<FilePreview> files, const ReportingCalendar& calendar)
{
    m_calendar = calendar;
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
             },
         .toolTip = tr("Of the file, packed as it is")},
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
             },
         .toolTip = tr("Records in the file, whatever they hold")},
        {.id = u"period"_s,
         .title = tr("Period"),
         .kind = Text,
         .cell =
             [](const FilePreview& file, const Previews& table) {
                 const ReportingCalendar& calendar = static_cast<const PreviewTable&>(table).calendar();
                 if (!file.first || !file.last)
                     return Cell{.text = format::unknown(), .toolTip = tr("Its first records name no time")};
                 const QString begin = format::minute(*file.first, calendar),
                               end = format::minute(*file.last, calendar);
                 const Period days{calendar.startOfDay(calendar.dayOf(*file.first)),
                                   calendar.startOfDay(calendar.dayOf(*file.last) + 1)};
                 const QString text = format::period(days, calendar);
                 return Cell{.text = file.isPeriodKnown ? text : u"%1 …"_s.arg(text),
                             .value = static_cast<qlonglong>(file.first->microseconds()),
                             .toolTip = file.isPeriodKnown
                                            ? tr("From %1 to %2, by its first and its last records").arg(begin, end)
                                            : tr("From %1 to %2 in its first records: how far it reaches beyond them "
                                                 "is known when it was read")
                                                  .arg(begin, end)};
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
         .cell = [](const Skipped& one, const Reasons&) { return cells::count(static_cast<std::int64_t>(one.count)); },
         .toolTip = tr("Records skipped for this reason")},
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

} // namespace plumbline
