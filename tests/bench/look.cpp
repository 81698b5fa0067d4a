// SPDX-License-Identifier: GPL-3.0-or-later
// CPU milliseconds of looking through traces, prompts and words: `look W.plumb [WORDS]`. Words need an index: any
// `plumbline traces --where '"words"'` makes it.
#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>

#include <cstdio>

#include "bench/cpu_time.h"
#include "model/items/request_table.h"
#include "model/jobs/at_the_same_time.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"
#include "ui/window_memory.h"

using namespace plumbline;

namespace {

template <class Ask>
auto measured(const char* name, Ask ask)
{
    const double begun = cpuMilliseconds();
    auto answer = ask();
    std::printf("%-44s %9.2f ms\n", name, cpuMilliseconds() - begun);
    if (!answer) {
        std::fprintf(stderr, "%s\n", answer.error().text().c_str());
        std::exit(1);
    }
    return *std::move(answer);
}

/// A frame of scrolling, on average, with its rows fetched as the window fetches them.
void scroll(const std::shared_ptr<const RequestList>& list, const RequestOrder& order)
{
    TransientMemory memory;
    RequestTable table;
    table.show(list, order, *list->rows(order, 0, RequestTable::pageRows, StopToken()));
    QList<int> wanted;
    QObject::connect(&table, &RequestTable::pageWanted, [&](int first) { wanted += first; });
    DataTable view(QStringLiteral("requests"), QStringLiteral("Calls"), table, memory);
    view.resize(470, 760);
    view.show();
    view.grab();
    constexpr int frames = 400;
    double painting = 0, fetching = 0, worst = 0;
    for (int frame = 0; frame < frames; ++frame) {
        double begun = cpuMilliseconds();
        // Now near, now far.
        QScrollBar* bar = view.verticalScrollBar();
        bar->setValue(frame % 8 == 0 ? static_cast<int>(static_cast<double>(bar->maximum()) * frame / frames)
                                     : bar->value() + 90);
        view.viewport()->grab();
        const double took = cpuMilliseconds() - begun;
        painting += took;
        worst = std::max(worst, took);
        begun = cpuMilliseconds();
        for (const int first : std::exchange(wanted, {}))
            table.addPage(first,
                          *list->rows(order, static_cast<std::size_t>(first), RequestTable::pageRows, StopToken()));
        fetching += cpuMilliseconds() - begun;
    }
    std::printf("%-44s %9.2f ms, %.2f at worst; %.2f ms beside it for rows\n", "a frame of scrolling",
                painting / frames, worst, fetching / frames);
}

/// Traces with the prompts of their calls, from the dearest to the cheapest call.
void openMany(const Queries& queries, const RequestList& calls, const RequestOrder& order)
{
    constexpr std::size_t opened = 200;
    double worst = 0;
    for (std::size_t i = 0; i < std::min(opened, calls.size()); ++i) {
        const auto rows = calls.rows(order, i * calls.size() / opened, 1, StopToken());
        if (!rows || rows->empty())
            continue;
        const double begun = cpuMilliseconds();
        const auto trace = queries.traceOf(rows->front().call.id, StopToken());
        const auto prompt = queries.promptOf(rows->front().call.id, StopToken());
        worst = std::max(worst, cpuMilliseconds() - begun);
        if (!trace || !prompt)
            std::printf("a trace cannot be opened\n");
    }
    constexpr double allowed = 100; // milliseconds
    std::printf("%-44s %9.2f ms%s\n", "any trace with its prompt, at worst", worst,
                worst > allowed ? ": TOO LONG" : "");
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    Theme theme;
    const StopToken stop;
    const auto queries = argc > 1 ? Queries::open(argv[1], {}, stop, atTheSameTime)
                                  : Result<Queries>(fail(ErrorKind::Usage, "W.plumb [WORDS]"));
    if (!queries) {
        std::fprintf(stderr, "%s\n", queries.error().text().c_str());
        return 1;
    }
    measured("the ledger, first asked for", [&] { return queries->breakdown({.wantsLedger = true}, stop); });
    const auto traces = measured("all traces", [&] { return queries->requests({}, RequestUnit::Traces, stop); });
    const auto calls = measured("all calls", [&] { return queries->requests({}, RequestUnit::Calls, stop); });
    std::printf("%zu traces, %zu calls\n", traces->size(), calls->size());
    const Filter filter{.conditions = {{.of = {Dimension::Cost, {}}, .values = {"0.01"}, .match = Match::More},
                                       {.of = {Dimension::Drain, {}}, .values = {"resent-history"}}}};
    measured("traces of cost>0.01 drain:resent-history",
             [&] { return queries->requests(filter, RequestUnit::Traces, stop); });
    for (const auto& [name, column] : {std::pair("by cost", RequestColumn::Cost),
                                       {"by user", RequestColumn::User},
                                       {"by waste", RequestColumn::Waste}})
        measured((std::string("all traces ") + name).c_str(),
                 [&, by = column] { return traces->ordered(by, true, stop); });
    const RequestOrder order = *calls->ordered(RequestColumn::Cost, true, stop);
    measured("a page of 128 calls", [&] { return calls->rows(order, calls->size() / 2, 128, stop); });
    const auto dearest = *calls->rows(order, 0, 1, stop);
    measured("the dearest call's trace", [&] { return queries->traceOf(dearest[0].call.id, stop); });
    measured("its prompt", [&] { return queries->promptOf(dearest[0].call.id, stop); });
    openMany(*queries, *calls, order);
    measured("flame graph, with the index of prompts", [&] { return queries->flame({}, stop); });
    measured("flame graph, again", [&] { return queries->flame({}, stop); });
    measured("prompts", [&] { return queries->prompts({}, stop); });
    if (argc > 2) {
        const Filter words{
            .conditions = {{.of = {Dimension::Text, {}}, .values = {argv[2]}, .match = Match::Contains}}};
        measured("calls with these words", [&] { return queries->requests(words, RequestUnit::Calls, stop); });
        measured("the same, again", [&] { return queries->requests(words, RequestUnit::Calls, stop); });
    }
    scroll(calls, order);
    return 0;
}
