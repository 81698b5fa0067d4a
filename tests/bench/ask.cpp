// SPDX-License-Identifier: GPL-3.0-or-later
// CPU milliseconds of the questions that pages ask, on an open workspace: `ask W.plumb`. Records a few calls at its
// end.
#include <chrono>
#include <cstdio>

#include "bench/cpu_time.h"
#include "model/jobs/at_the_same_time.h"
#include "model/queries/queries.h"
#include "model/record/live_recorder.h"

using namespace plumbline;

namespace {

template <class Question>
void measure(const char* name, Question question)
{
    constexpr int repeats = 10;
    question();
    const double before = cpuMilliseconds();
    for (int i = 0; i < repeats; ++i)
        question();
    std::printf("%-34s %8.2f ms\n", name, (cpuMilliseconds() - before) / repeats);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2)
        return 2;
    const StopToken stop;
    const double before = cpuMilliseconds();
    const auto began = std::chrono::steady_clock::now();
    const auto queries = Queries::open(argv[1], {}, stop, atTheSameTime);
    const std::chrono::duration<double, std::milli> waited = std::chrono::steady_clock::now() - began;
    if (!queries) {
        std::fprintf(stderr, "%s\n", queries.error().text().c_str());
        return 1;
    }
    std::printf("%-34s %8.2f ms, %.2f ms to wait\n", "open", cpuMilliseconds() - before, waited.count());
    const auto by = [](std::initializer_list<Dimension> dimensions, bool percentiles = false) {
        BreakdownQuestion question{.wantsPercentiles = percentiles};
        for (const Dimension dimension : dimensions)
            question.by.push_back({dimension, {}});
        return question;
    };
    measure("feature", [&] { (void)queries->breakdown(by({Dimension::Feature}), stop); });
    measure("feature × model × day", [&] {
        // The figures that the peer is asked for as well.
        BreakdownQuestion question = by({Dimension::Feature, Dimension::Model, Dimension::Day});
        question.figures = Figures::TokensAndCost;
        (void)queries->breakdown(question, stop);
    });
    measure("feature with percentiles", [&] { (void)queries->breakdown(by({Dimension::Feature}, true), stop); });
    measure("daily spend by feature", [&] { (void)queries->series({}, stop); });
    measure("distribution", [&] { (void)queries->distribution({}, stop); });
    measure("session growth", [&] { (void)queries->sessionGrowth({}, stop); });
    measure("100 costliest calls", [&] { (void)queries->calls({}, CallOrder::Costliest, 100, stop); });
    measure("one model's features", [&] {
        BreakdownQuestion question = by({Dimension::Feature});
        question.filter.conditions.push_back({{Dimension::Model, {}}, false, {"gpt-5.4-2026-03-05"}});
        (void)queries->breakdown(question, stop);
    });
    // What drains, where calls were analysed: the first question loads the ledger.
    measure("feature × drain", [&] { (void)queries->drains({.rows = {Dimension::Feature, {}}}, stop); });
    measure("feature × day of waste", [&] {
        (void)queries->drains(
            {.rows = {Dimension::Feature, {}}, .by = DrainsQuestion::Columns::Values, .columns = {Dimension::Day, {}}},
            stop);
    });
    measure("turn × segment", [&] { (void)queries->drains({.by = DrainsQuestion::Columns::Segments}, stop); });
    measure("a finding", [&] { (void)queries->finding({.drain = "failed-calls"}, stop); });
    const std::int32_t month =
        queries->calendar().monthOfDay(floorDivide(queries->calendar().localHour(queries->extent()->end), 24));
    measure("finance's month", [&] { (void)queries->spend({.month = month}, stop); });
    measure("feature with segments and waste", [&] {
        BreakdownQuestion question = by({Dimension::Feature});
        question.wantsLedger = true;
        (void)queries->breakdown(question, stop);
    });
    // A live batch of one call, as a collector records it, and a reader that follows.
    auto recorder = LiveRecorder::open(argv[1], "the bench", Privacy::Bodies);
    if (!recorder)
        return 1;
    Queries following = *queries;
    int batch = 0;
    double followed = 0;
    constexpr int batches = 10;
    for (; batch < batches; ++batch) {
        const std::string id = "live-" + std::to_string(batch);
        const auto record = [&]() -> Result<> {
            TRY(recorder->begin());
            TRY(recorder->startRecord(id, "the bench"));
            TRY(recorder->add(ObservedSpan{.traceId = id,
                                           .spanId = id,
                                           .kind = SpanKind::Llm,
                                           .name = "answer",
                                           .start = Timestamp(1'795'000'000'000'000 + batch),
                                           .model = "gpt-4o-mini"}));
            TRY(recorder->commit());
            return {};
        };
        if (!record())
            return 1;
        const double begin = cpuMilliseconds();
        auto newest = following.refreshed(stop);
        // The first finds no notes of what changed and reads everything.
        followed += batch > 0 ? cpuMilliseconds() - begin : 0;
        if (!newest)
            return 1;
        following = *std::move(newest);
    }
    std::printf("%-34s %8.2f ms\n", "following a live batch", followed / (batches - 1));
    return 0;
}
