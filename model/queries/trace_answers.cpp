// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/trace_answers.h"

#include <algorithm>
#include <unordered_map>

#include "model/queries/call_rows.h"
#include "model/queries/snapshot.h"
#include "model/record/compose.h"
#include "model/record/leaves.h"
#include "model/record/observation_reader.h"
#include "model/store/external_id.h"

namespace plumbline {

namespace {

std::optional<Timestamp> timeOf(std::optional<std::int64_t> microseconds)
{
    return microseconds ? std::optional(Timestamp(*microseconds)) : std::nullopt;
}

/// What only the witnesses say and composing leaves out, by the lowest id.
struct Told
{
    std::string spanId, statusMessage;
};

template <class T, class U>
void addTo(std::optional<T>& sum, const std::optional<U>& more)
{
    if (more)
        sum = sum ? *sum + T(*more) : T(*more);
}

class TraceReading
{
public:
    TraceReading(const store::Workspace& workspace, const StopToken& stop) : m_workspace(workspace), m_stop(stop) {}

    Result<TraceAnswer> read(CallId call)
    {
        const store::Database& database = m_workspace.database();
        store::Statement select = TRY(database.prepare(queries::selectCall));
        auto row = TRY(queries::readCall(select, call));
        if (!row)
            return fail(ErrorKind::NotFound, "there is no call " + std::to_string(static_cast<std::int64_t>(call)));
        const std::int64_t trace = select.integer(22);
        m_answer.traceId = row->traceId;
        m_answer.feature = row->feature;
        m_answer.user = row->user;
        m_answer.session = row->session;
        m_answer.environment = row->environment;
        TRY(readSpans(trace));
        TRY(nameIt(trace));
        layOutTree();
        TRY(readCalls(trace));
        sumUp();
        return std::move(m_answer);
    }

private:
    Result<> readSpans(std::int64_t trace)
    {
        const store::Database& database = m_workspace.database();
        store::Statement rows = TRY(database.prepare(record::selectObservations(
            "WHERE trace = ? AND import IN (SELECT id FROM import WHERE finished IS NOT NULL)")));
        TRY(rows.bind(trace));
        std::vector<record::Observation> observations;
        while (TRY(rows.next())) {
            TRY(m_stop.check());
            std::int64_t of = 0;
            observations.push_back(TRY(record::readObservation(rows, m_workspace.hasher(), of)));
            Told& told = m_told[observations.back().span];
            if (told.spanId.empty())
                told.spanId = store::unpackedId(rows.text(4));
            if (told.statusMessage.empty())
                told.statusMessage = TRY(record::factsOf(rows.text(5))).statusMessage;
        }
        m_spans = record::compose(observations);
        m_billing = record::decideBilling(m_spans);
        return {};
    }

    Result<> nameIt(std::int64_t trace)
    {
        m_names.emplace(TRY(store::NameReader::open(m_workspace.database())));
        store::Statement facts =
            TRY(m_workspace.database().prepare("SELECT name FROM trace_fact WHERE trace = ? AND name IS NOT NULL "
                                               "AND import IN (SELECT id FROM import WHERE finished IS NOT NULL)"));
        TRY(facts.bind(trace));
        if (TRY(facts.next()))
            m_answer.name = TRY(m_names->textOf(facts.integer(0)));
        for (std::size_t i = 0; i < m_spans.size() && m_answer.name.empty(); ++i)
            if (m_spans[i].parent < 0)
                m_answer.name = TRY(m_names->textOf(m_spans[i].facts.name));
        return {};
    }

    /// Parents first, children by their start: without recursion, since traces may be deep.
    void layOutTree()
    {
        const auto startOf = [&](std::size_t span) {
            const record::Observation& facts = m_spans[span].facts;
            return facts.started.value_or(facts.ended.value_or(facts.recorded.value_or(0)));
        };
        std::vector<std::size_t> byStart(m_spans.size());
        for (std::size_t i = 0; i < byStart.size(); ++i)
            byStart[i] = i;
        std::sort(byStart.begin(), byStart.end(), [&](std::size_t a, std::size_t b) {
            return std::pair(startOf(a), m_spans[a].facts.id) < std::pair(startOf(b), m_spans[b].facts.id);
        });
        std::vector<std::vector<std::size_t>> children(m_spans.size());
        std::vector<std::size_t> waiting;
        for (const std::size_t span : byStart)
            if (m_spans[span].parent >= 0)
                children[static_cast<std::size_t>(m_spans[span].parent)].push_back(span);
            else
                waiting.push_back(span);
        std::reverse(waiting.begin(), waiting.end());
        std::vector<std::int32_t> placeOf(m_spans.size(), -1);
        while (!waiting.empty()) {
            const std::size_t span = waiting.back();
            waiting.pop_back();
            placeOf[span] = static_cast<std::int32_t>(m_order.size());
            m_order.push_back(span);
            for (auto child = children[span].rbegin(); child != children[span].rend(); ++child)
                waiting.push_back(*child);
        }
        for (const std::size_t span : m_order) {
            const record::Observation& facts = m_spans[span].facts;
            TraceStep step{
                .kind = facts.kind, .status = facts.status, .start = timeOf(facts.started), .end = timeOf(facts.ended)};
            if (m_spans[span].parent >= 0) {
                step.parent = placeOf[static_cast<std::size_t>(m_spans[span].parent)];
                step.depth = m_answer.steps[static_cast<std::size_t>(step.parent)].depth + 1;
            }
            const Told& told = m_told[facts.span];
            step.spanId = told.spanId;
            step.statusMessage = told.statusMessage;
            for (const std::optional<Timestamp>& time : {step.start, step.end}) {
                if (time && (!m_answer.start || *time < *m_answer.start))
                    m_answer.start = time;
                if (time && (!m_answer.end || *time > *m_answer.end))
                    m_answer.end = time;
            }
            m_answer.steps.push_back(std::move(step));
        }
    }

    Result<> readCalls(std::int64_t trace)
    {
        store::Statement calls = TRY(m_workspace.database().prepare(
            "SELECT call.uncached, call.cache_read, call.cache_write_5m, call.cache_write_1h, call.visible, "
            "call.reasoning, call.audio, call.searches, call.cost FROM call WHERE id = ? AND trace = ?"));
        for (std::size_t i = 0; i < m_order.size(); ++i) {
            TraceStep& step = m_answer.steps[i];
            const record::Observation& facts = m_spans[m_order[i]].facts;
            step.name = TRY(m_names->textOf(facts.name));
            step.model = TRY(m_names->textOf(facts.model));
            TRY(calls.bind(facts.id, trace));
            const bool isBilled = TRY(calls.next());
            const Usage usage = isBilled ? record::readUsage(calls, 0) : facts.usage;
            std::optional<TokenCount> tokens;
            addTo(tokens, usage.input());
            addTo(tokens, usage.output());
            if (isBilled) {
                step.billing = StepBilling::Billed;
                step.call = CallId(facts.id);
                step.tokens = tokens;
                if (const auto cost = calls.optionalInteger(8))
                    step.cost = Money(*cost);
            } else {
                step.claimedTokens = tokens;
                const record::Billing billing = m_billing[m_order[i]];
                // One that would be billed here gave way to the same call of another source.
                if (billing == record::Billing::Wrapper)
                    step.billing = StepBilling::Wrapper;
                else if (billing != record::Billing::NotACall)
                    step.billing = StepBilling::OtherWitness;
            }
            calls.reset();
        }
        return {};
    }

    /// Children stand behind their parents: from the last one up.
    void sumUp()
    {
        for (std::size_t i = m_answer.steps.size(); i-- > 0;) {
            TraceStep& step = m_answer.steps[i];
            if (step.call) {
                step.calls += 1;
                step.unpricedCalls += !step.cost;
                addTo(step.allTokens, step.tokens);
                addTo(step.allCost, step.cost);
            }
            const auto giveTo = [&](std::int64_t& calls, std::int64_t& unpriced, auto& tokens, auto& cost) {
                calls += step.calls;
                unpriced += step.unpricedCalls;
                addTo(tokens, step.allTokens);
                addTo(cost, step.allCost);
            };
            if (step.parent < 0) {
                giveTo(m_answer.calls, m_answer.unpricedCalls, m_answer.tokens, m_answer.cost);
                continue;
            }
            TraceStep& parent = m_answer.steps[static_cast<std::size_t>(step.parent)];
            giveTo(parent.calls, parent.unpricedCalls, parent.allTokens, parent.allCost);
        }
    }

    const store::Workspace& m_workspace;
    const StopToken& m_stop;
    std::vector<record::Span> m_spans;
    std::vector<record::Billing> m_billing; ///< by span
    std::vector<std::size_t> m_order;       ///< spans as the tree shows them
    std::unordered_map<std::uint64_t, Told> m_told;
    std::optional<store::NameReader> m_names;
    TraceAnswer m_answer;
};

} // namespace

Result<TraceAnswer> Queries::traceOf(CallId call, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    return TraceReading(connection.workspace(), stop).read(call);
}

} // namespace plumbline
