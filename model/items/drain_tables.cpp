// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/drain_tables.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "model/analysis/drain.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Drain)
};

using Calls = RowTable<WastefulCall>;

std::optional<double> numberOf(const std::string& text)
{
    bool isNumber = false;
    const double value = QByteArray::fromStdString(text).toDouble(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

Cell timeCell(const WastefulCall& row, const Calls& table)
{
    const ReportingCalendar& calendar = static_cast<const WastefulCallsTable&>(table).calendar();
    return {.text = format::minute(row.call.start, calendar),
            .value = static_cast<qlonglong>(row.call.start.microseconds()),
            .toolTip = format::instant(row.call.start, calendar)};
}

Cell traceCell(const WastefulCall& row, const Calls&)
{
    constexpr qsizetype shown = 12;
    const QString trace = toQt(row.call.traceId);
    return {.text = trace.left(shown), .value = trace, .toolTip = WastefulCallsTable::tr("Trace %1").arg(trace)};
}

Cell nameCell(Dimension dimension, const std::string& value)
{
    const std::string key = value.empty() ? std::string(missingValue(dimension)) : value;
    return {.text = toQt(key), .value = toQt(key), .condition = Condition{.of = {dimension, {}}, .values = {key}}};
}

Cell inputCell(const WastefulCall& row, const Calls&)
{
    const auto input = row.call.usage.input();
    if (!input)
        return {.text = format::unknown(), .toolTip = WastefulCallsTable::tr("The source does not say")};
    return {.text = format::count(*input), .value = static_cast<qlonglong>(*input)};
}

Cell wastedCell(const WastefulCall& row, const Calls&)
{
    return {.text = format::count(row.tokens), .value = static_cast<qlonglong>(row.tokens)};
}

Cell moneyCell(const WastefulCall& row, const Calls&)
{
    if (!row.call.cost)
        return {.text = format::unknown(), .toolTip = WastefulCallsTable::tr("The call has no price")};
    return {
        .text = format::money(row.money),
        .value = row.money.dollars(),
        .toolTip =
            WastefulCallsTable::tr("%1 of %2").arg(format::exactMoney(row.money), format::exactMoney(*row.call.cost))};
}

Cell shareCell(const WastefulCall& row, const Calls&)
{
    if (!row.call.cost || row.call.cost->picodollars() == 0)
        return {.text = format::unknown()};
    const double share = row.money.dollars() / MoneySum(*row.call.cost).dollars();
    return {.text = format::percent(share),
            .value = share,
            .toolTip = WastefulCallsTable::tr("%1 of what the call cost").arg(format::percent(share)),
            .picture = QVariant::fromValue(ShareBar{share})};
}

Cell confidenceCell(const WastefulCall& row, const Calls&)
{
    const QString title = confidenceTitle(row.confidence);
    return {.text = title, .value = title, .picture = QVariant::fromValue(Pill{confidenceTone(row.confidence)})};
}

SplitMethod methodOfMost(const LedgerSums& ledger)
{
    const auto most = std::max_element(ledger.callsByMethod.begin(), ledger.callsByMethod.end());
    return static_cast<SplitMethod>(most - ledger.callsByMethod.begin());
}

} // namespace

QString drainText(const char* text)
{
    return Texts::tr(text);
}

QString drainTitle(std::string_view id)
{
    const Drain* drain = drainOf(id);
    return drain ? Texts::tr(drain->title) : toQt(id);
}

QString drainShortTitle(std::string_view id)
{
    const Drain* drain = drainOf(id);
    return drain ? Texts::tr(drain->shortTitle) : toQt(id);
}

QString segmentTitle(std::string_view id)
{
    for (std::size_t i = 0; i < segmentCount; ++i)
        if (idOf(static_cast<Segment>(i)) == id)
            return QCoreApplication::translate("Segment", titleOf(static_cast<Segment>(i)));
    return toQt(id);
}

QString confidenceTitle(Confidence confidence)
{
    switch (confidence) {
    case Confidence::High:
        return QCoreApplication::translate("Confidence", "certain");
    case Confidence::Medium:
        return QCoreApplication::translate("Confidence", "likely");
    case Confidence::Opportunity:
        return QCoreApplication::translate("Confidence", "opportunity");
    case Confidence::Beside:
        break;
    }
    return QCoreApplication::translate("Confidence", "beside the bill");
}

Tone confidenceTone(Confidence confidence)
{
    switch (confidence) {
    case Confidence::High:
        return Tone::Bad;
    case Confidence::Medium:
        return Tone::Warning;
    default:
        return Tone::Neutral;
    }
}

namespace {

struct SplitMethodTexts
{
    Q_DECLARE_TR_FUNCTIONS(SplitMethod)
};

} // namespace

QString splitErrorText(const LedgerSums& ledger)
{
    if (ledger.callsAnalysed() == 0)
        return {};
    switch (methodOfMost(ledger)) {
    case SplitMethod::Unsplit:
        return SplitMethodTexts::tr("segments unknown");
    case SplitMethod::Heuristic:
        return SplitMethodTexts::tr("segments ± 5 to 10 %");
    case SplitMethod::Calibrated:
        return SplitMethodTexts::tr("segments ± 2 to 4 %");
    case SplitMethod::Reconciled:
        break;
    }
    return SplitMethodTexts::tr("segments ± 1 to 2 %");
}

QString splitMethodText(const LedgerSums& ledger)
{
    if (ledger.callsAnalysed() == 0)
        return SplitMethodTexts::tr("These calls were not looked at yet");
    switch (methodOfMost(ledger)) {
    case SplitMethod::Unsplit:
        return SplitMethodTexts::tr("Nothing is known of these prompts: their input stands as other");
    case SplitMethod::Heuristic:
        return SplitMethodTexts::tr("Estimated by what text of this kind weighs: ± 5 to 10 %");
    case SplitMethod::Calibrated:
        return SplitMethodTexts::tr("Calibrated on what this workspace's own calls reported: ± 2 to 4 %");
    case SplitMethod::Reconciled:
        break;
    }
    return SplitMethodTexts::tr("Reconciled block by block with what the calls reported: ± 1 to 2 %");
}

Evidence together(const std::vector<std::pair<std::string, Evidence>>& byFeature)
{
    if (byFeature.empty())
        return {};
    if (byFeature.size() == 1)
        return byFeature.front().second;
    Evidence all{.title = byFeature.front().second.title, .columns = byFeature.front().second.columns};
    for (const auto& [feature, evidence] : byFeature) {
        if (!all.pair && evidence.pair) {
            all.pair = evidence.pair;
            all.pairSays = evidence.pairSays;
        }
        if (all.note.empty())
            all.note = evidence.note;
        if (evidence.columns != all.columns)
            continue; // of a drain that shows something else there
        for (const std::vector<std::string>& row : evidence.rows) {
            all.rows.push_back({feature});
            all.rows.back().insert(all.rows.back().end(), row.begin(), row.end());
        }
    }
    if (!all.columns.empty())
        all.columns.insert(all.columns.begin(), QT_TRANSLATE_NOOP("Drain", "Feature"));
    return all;
}

void WastefulCallsTable::show(std::vector<WastefulCall> calls, const ReportingCalendar& calendar, bool isQuantity)
{
    using enum ColumnKind;
    m_calendar = calendar;
    setRows(
        {
            {.id = u"trace"_s, .title = tr("Trace"), .kind = Mono, .cell = traceCell},
            {.id = u"time"_s, .title = tr("Time"), .cell = timeCell},
            {.id = u"feature"_s,
             .title = tr("Feature"),
             .cell = [](const WastefulCall& row,
                        const Calls&) { return nameCell(Dimension::Feature, row.call.feature); }},
            {.id = u"model"_s,
             .title = tr("Model"),
             .cell = [](const WastefulCall& row, const Calls&) { return nameCell(Dimension::Model, row.call.model); }},
            {.id = u"step"_s,
             .title = tr("Step"),
             .cell = [](const WastefulCall& row, const Calls&) { return nameCell(Dimension::Step, row.call.step); },
             .isHiddenFirst = true},
            {.id = u"input"_s, .title = tr("Input tokens"), .kind = Figure, .cell = inputCell},
            {.id = u"wasted"_s,
             .title = isQuantity ? tr("To spare") : tr("Affected"),
             .kind = Figure,
             .cell = wastedCell,
             .toolTip = isQuantity ? tr("Tokens that need not have been there")
                                   : tr("Tokens that were needed, at a price that is too high")},
            {.id = u"money"_s,
             .title = tr("Their cost"),
             .kind = Figure,
             .cell = moneyCell,
             .toolTip = tr("What these tokens cost")},
            {.id = u"share"_s,
             .title = tr("Share"),
             .kind = Share,
             .cell = shareCell,
             .toolTip = tr("Of the cost of the call")},
            {.id = u"confidence"_s, .title = tr("Confidence"), .kind = ColumnKind::Pill, .cell = confidenceCell},
        },
        std::move(calls));
}

void EvidenceTable::show(const Evidence& evidence)
{
    reset([&] {
        m_evidence = evidence;
        m_headings.clear();
        QStringList help{Texts::tr(evidence.title.c_str())};
        if (!evidence.note.empty())
            help += Texts::tr(evidence.note.c_str());
        for (std::size_t column = 0; column < evidence.columns.size(); ++column) {
            // A column of nothing but numbers is one of figures.
            const bool isFigure =
                column > 0 && std::all_of(evidence.rows.begin(), evidence.rows.end(), [&](const auto& row) {
                    return column >= row.size() || row[column].empty() || numberOf(row[column]);
                });
            m_headings.push_back({.id = u"column%1"_s.arg(column),
                                  .title = Texts::tr(evidence.columns[column].c_str()),
                                  .kind = isFigure      ? ColumnKind::Figure
                                          : column == 0 ? ColumnKind::Name
                                                        : ColumnKind::Text,
                                  .toolTip = help.join(u'\n')});
        }
    });
}

Cell EvidenceTable::cell(std::size_t row, std::size_t column) const
{
    const std::vector<std::string>& texts = m_evidence.rows[row];
    if (column >= texts.size())
        return {};
    const std::string& text = texts[column];
    const auto number = numberOf(text);
    if (m_headings[column].kind != ColumnKind::Figure || !number)
        return {.text = Texts::tr(text.c_str()).simplified(), .value = toQt(text), .toolTip = toQt(text)};
    const bool isWhole = text.find('.') == std::string::npos;
    // Money comes in dollars, to the picodollar.
    const bool isMoney = m_evidence.columns[column].find("ost") != std::string::npos;
    const QString shown = isMoney   ? format::money(MoneySum::ofPicodollars(std::llround(*number * 1e12)))
                          : isWhole ? format::count(static_cast<std::int64_t>(*number))
                                    : QString::number(*number, 'g', 4);
    return {.text = shown, .value = *number, .toolTip = toQt(text)};
}

} // namespace plumbline
