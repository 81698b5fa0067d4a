// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/step_table.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/common_cells.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t
{
    Name,
    Model,
    Tokens,
    Cost,
    OwnTokens,
    OwnCost,
    Start,
    Duration,
    Timeline,
};

Cell noCall()
{
    return {.text = format::unknown(), .toolTip = StepTable::tr("No call to a model here")};
}

/// Why a step with usage of its own is not billed.
QString whyNotBilled(const TraceStep& step)
{
    const QString tokens = step.claimedTokens ? format::count(*step.claimedTokens) : format::unknown();
    if (step.billing == StepBilling::Wrapper)
        return StepTable::tr("It states %1 tokens of its own, which the steps below it are billed for").arg(tokens);
    if (step.billing == StepBilling::OtherWitness)
        return StepTable::tr("The same request as another step, which is billed");
    return {};
}

} // namespace

namespace {

struct SpanKindTexts
{
    Q_DECLARE_TR_FUNCTIONS(SpanKind)
};

} // namespace

QString spanKindTitle(SpanKind kind)
{
    switch (kind) {
    case SpanKind::Llm:
        return SpanKindTexts::tr("llm");
    case SpanKind::Embedding:
        return SpanKindTexts::tr("embedding");
    case SpanKind::Retriever:
        return SpanKindTexts::tr("retriever");
    case SpanKind::Tool:
        return SpanKindTexts::tr("tool");
    case SpanKind::Agent:
        return SpanKindTexts::tr("agent");
    case SpanKind::Chain:
        return SpanKindTexts::tr("chain");
    case SpanKind::Event:
        return SpanKindTexts::tr("event");
    case SpanKind::Other:
        break;
    }
    return SpanKindTexts::tr("step");
}

StepTable::StepTable(QObject* parent) : FactTable(parent)
{
    show({}, {});
}

void StepTable::show(TraceAnswer trace, const ReportingCalendar& calendar)
{
    reset([&] {
        m_trace = std::move(trace);
        m_calendar = calendar;
        m_folded.clear();
        m_hasChildren.assign(m_trace.steps.size(), false);
        for (const TraceStep& step : m_trace.steps)
            if (step.parent >= 0)
                m_hasChildren[static_cast<std::size_t>(step.parent)] = true;
        using enum ColumnKind;
        const QString time =
            m_trace.start && m_trace.end
                ? tr("Timeline (0 – %1)")
                      .arg(format::duration(m_trace.end->microseconds() - m_trace.start->microseconds()))
                : tr("Timeline");
        m_headings = {
            {u"step"_s, tr("Step"), Step},
            {u"model"_s, tr("Model"), Text, {}, true},
            {u"tokens"_s, tr("Tokens"), Figure, tr("Of the step and all steps below it")},
            {u"cost"_s, tr("Cost"), Figure, tr("Of the step and all steps below it")},
            {u"own-tokens"_s, tr("Own tokens"), Figure, tr("Of the step alone"), true},
            {u"own-cost"_s, tr("Own cost"), Figure, tr("Of the step alone"), true},
            {u"start"_s, tr("Start"), Figure, tr("After the beginning of the trace"), true},
            {u"duration"_s, tr("Duration"), Figure, tr("From the start of the step to its end"), true},
            {u"timeline"_s, time, ColumnKind::Timeline},
        };
        layOut();
    });
}

void StepTable::layOut()
{
    m_shown.clear();
    std::size_t foldedDepth = static_cast<std::size_t>(-1);
    for (std::size_t i = 0; i < m_trace.steps.size(); ++i) {
        const auto depth = static_cast<std::size_t>(m_trace.steps[i].depth);
        // What is searched for is found where it hides.
        if (searchedText().isEmpty() && depth > foldedDepth)
            continue;
        foldedDepth = m_folded.contains(i) ? depth : static_cast<std::size_t>(-1);
        m_shown.push_back(i);
    }
}

void StepTable::search(const QString& text)
{
    const bool wasSearched = !searchedText().isEmpty();
    FactTable::search(text);
    if (wasSearched != !searchedText().isEmpty())
        reset([&] { layOut(); });
}

void StepTable::setOpen(int row, bool isOpen)
{
    const std::size_t step = m_shown[sourceRow(row)];
    if (!m_hasChildren[step] || isOpen == !m_folded.contains(step))
        return;
    reset([&] {
        if (isOpen)
            m_folded.erase(step);
        else
            m_folded.insert(step);
        layOut();
    });
}

QString StepTable::rowKey(int row) const
{
    return QString::number(m_shown[sourceRow(row)]) + u' ' + QString::fromStdString(stepAt(row).spanId);
}

int StepTable::parentRow(int row) const
{
    const std::int32_t parent = stepAt(row).parent;
    const auto shown = std::find(m_shown.begin(), m_shown.end(), static_cast<std::size_t>(parent));
    return parent < 0 || shown == m_shown.end() ? -1 : shownRow(static_cast<std::size_t>(shown - m_shown.begin()));
}

int StepTable::showCall(CallId call)
{
    const auto step = std::find_if(m_trace.steps.begin(), m_trace.steps.end(),
                                   [&](const TraceStep& one) { return one.call == call; });
    if (step == m_trace.steps.end())
        return -1;
    const auto place = static_cast<std::size_t>(step - m_trace.steps.begin());
    std::erase_if(m_folded, [&](std::size_t folded) {
        for (std::int32_t at = step->parent; at >= 0; at = m_trace.steps[static_cast<std::size_t>(at)].parent)
            if (static_cast<std::size_t>(at) == folded)
                return true;
        return false;
    });
    if (std::find(m_shown.begin(), m_shown.end(), place) == m_shown.end())
        reset([&] { layOut(); });
    const auto shown = std::find(m_shown.begin(), m_shown.end(), place);
    return shown == m_shown.end() ? -1 : shownRow(static_cast<std::size_t>(shown - m_shown.begin()));
}

Cell StepTable::cell(std::size_t row, std::size_t column) const
{
    const TraceStep& step = m_trace.steps[m_shown[row]];
    switch (column) {
    case Name: {
        const bool isTree = sortColumn() < 0 && searchedText().isEmpty();
        const StepMark mark{.depth = isTree ? step.depth : 0,
                            .kind = step.kind,
                            .kindTitle = spanKindTitle(step.kind),
                            .hasChildren = isTree && m_hasChildren[m_shown[row]],
                            .isOpen = !m_folded.contains(m_shown[row]),
                            .isFailed = step.status == SpanStatus::Error};
        QString toolTip = toQt(step.name);
        for (const QString& line : {step.model.empty() ? QString() : tr("Model: %1").arg(toQt(step.model)),
                                    step.statusMessage.empty() ? QString() : toQt(step.statusMessage),
                                    whyNotBilled(step), tr("Id: %1").arg(toQt(step.spanId))})
            if (!line.isEmpty())
                toolTip += u'\n' + line;
        Cell cell{.text = step.name.empty() ? tr("(unnamed)") : toQt(step.name),
                  .value = toQt(step.name),
                  .toolTip = toolTip,
                  .picture = QVariant::fromValue(mark)};
        if (!step.name.empty())
            cell.condition = Condition{.of = {Dimension::Step, {}}, .values = {step.name}};
        return cell;
    }
    case Model:
        return step.model.empty() ? noCall() : cells::value(Dimension::Model, step.model);
    case Tokens:
    case OwnTokens: {
        const bool isOwn = column == OwnTokens;
        if (isOwn ? !step.call : step.calls == 0) {
            Cell cell = noCall();
            if (step.billing != StepBilling::NoUsage)
                cell.toolTip = whyNotBilled(step);
            return cell;
        }
        Cell cell = cells::tokens(isOwn ? step.tokens : step.allTokens);
        if (!isOwn && step.calls > 1)
            cell.toolTip = tr("%1 calls").arg(format::count(step.calls));
        return cell;
    }
    case Cost:
        if (step.calls == 0)
            return noCall();
        {
            Cell cell = cells::cost(step.allCost, tr("No price, or no usage: explain the call's cost to see why"));
            if (step.allCost && step.unpricedCalls > 0)
                cell.toolTip += u'\n' + tr("%1 calls of unknown cost beside it").arg(format::count(step.unpricedCalls));
            return cell;
        }
    case OwnCost:
        if (!step.call)
            return noCall();
        return cells::cost(step.cost ? std::optional(MoneySum(*step.cost)) : std::nullopt,
                           tr("No price, or no usage: explain the call's cost to see why"));
    case Start:
        if (!step.start || !m_trace.start)
            return {.text = format::unknown(), .toolTip = tr("The source gave no start")};
        return cells::latency(step.start->microseconds() - m_trace.start->microseconds());
    case Duration:
        return cells::latency(step.start && step.end
                                  ? std::optional(step.end->microseconds() - step.start->microseconds())
                                  : std::nullopt);
    default:
        break;
    }
    if (!step.start || !m_trace.start || !m_trace.end)
        return {.text = format::unknown(), .toolTip = tr("The source gave no times")};
    const auto share = [&](Timestamp time) {
        const double whole = static_cast<double>(m_trace.end->microseconds() - m_trace.start->microseconds());
        return whole <= 0 ? 0.0 : static_cast<double>(time.microseconds() - m_trace.start->microseconds()) / whole;
    };
    const Timestamp end = step.end.value_or(*step.start);
    return {.value = static_cast<qlonglong>(step.start->microseconds()),
            .toolTip = tr("%1, for %2")
                           .arg(format::instant(*step.start, m_calendar),
                                step.end ? format::duration(end.microseconds() - step.start->microseconds())
                                         : format::unknown()),
            .picture = QVariant::fromValue(TimeBar{
                .from = share(*step.start), .to = std::max(share(*step.start), share(end)), .kind = step.kind})};
}

} // namespace plumbline
