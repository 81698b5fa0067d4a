// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "app/command.h"
#include "app/progress_line.h"
#include "app/question_options.h"
#include "app/workspace_changes.h"
#include "model/prices/price_book.h"
#include "model/queries/price_answers.h"
#include "model/record/pricing.h"
#include "model/store/workspace.h"

namespace plumbline::commands {

namespace {

/// The workspace's book if one is named, else the built-in one.
Result<std::shared_ptr<const PriceBook>> bookFor(const CommandCall& call)
{
    if (const auto store = call.arguments.value("store"))
        return record::priceBookOf(TRY(store::Workspace::open(*store, store::OpenMode::ReadOnly)));
    return std::make_shared<const PriceBook>(TRY(PriceBook::builtIn()));
}

std::string perMillion(const std::optional<Money>& price)
{
    return "$" + decimalText(price.value_or(Money())) + " / M";
}

Result<int> show(const CommandCall& call, const std::string& name)
{
    const auto book = TRY(bookFor(call));
    Timestamp at(static_cast<std::int64_t>(std::time(nullptr)) * 1'000'000);
    if (const auto date = call.arguments.value("at")) {
        const auto time = parseTimestamp(*date);
        if (!time)
            return fail(ErrorKind::Usage, "not a date: '" + *date + "' (write 2026-10-01 or 2026-10-01T14:00:00Z)");
        at = *time;
    }
    ServiceTier tier = ServiceTier::Standard;
    if (const auto text = call.arguments.value("tier")) {
        const auto parsed = parseServiceTier(*text);
        if (!parsed)
            return fail(ErrorKind::Usage,
                        "unknown tier '" + *text + "'; known are standard, batch, flex, priority, fast");
        tier = *parsed;
    }
    const PriceAnswer answer = TRY(priceOf(
        {.model = name, .provider = call.arguments.value("provider").value_or(""), .at = at, .tier = tier}, *book));
    const BookPrice& row = answer.price;
    std::printf("%s · %s%s%s · %s at %s\n", row.provider.c_str(), row.model.c_str(), row.name.empty() ? "" : " · ",
                row.name.c_str(), std::string(idText(tier)).c_str(), isoText(at).c_str());
    const auto line = [](const char* title, const std::string& text) {
        std::printf("  %-18s %s\n", title, text.c_str());
    };
    line("input", perMillion(row.paid.input));
    line("cache read", perMillion(row.paid.cacheRead));
    line("cache write 5 min", perMillion(row.paid.cacheWrite5m));
    line("cache write 1 h", perMillion(row.paid.cacheWrite1h));
    line("output", perMillion(row.paid.output));
    line("audio input", perMillion(row.paid.audioInput));
    if (answer.webSearch)
        line("web search", "$" + decimalText(*answer.webSearch) + " each");
    if (row.contextWindow)
        line("context window", std::to_string(*row.contextWindow) + " tokens");
    if (!answer.isTierPriced)
        line("tier", "no price is listed for it: standard rates");
    if (row.validFrom)
        line("valid from", isoText(*row.validFrom));
    if (!row.validAt.empty())
        line("valid at", row.validAt);
    if (!row.discount.empty())
        line("paid", "× " + row.discount);
    if (!row.source.empty())
        line("source", row.source);
    if (!row.note.empty())
        line("note", row.note);
    line("book of", row.bookDate);
    return ExitCode::Done;
}

void print(const RepricePreview& preview)
{
    for (const RepricedMonth& month : preview.months) {
        const MoneySum difference = month.after - month.before;
        const bool isLess = difference.picodollars() < 0;
        std::printf("%s  $%s -> $%s  (%s$%s, %lld of %lld calls)\n", month.month.c_str(),
                    decimalText(month.before).c_str(), decimalText(month.after).c_str(), isLess ? "−" : "+",
                    decimalText(isLess ? MoneySum() - difference : difference).c_str(),
                    static_cast<long long>(month.movedCalls), static_cast<long long>(month.calls));
    }
    std::printf("%lld calls move\n", static_cast<long long>(preview.movedCalls));
}

/// Shows what new prices do, month by month, and does it unless this is a preview.
Result<int> reprice(const CommandCall& call, const std::optional<PriceOverrides>& overrides)
{
    const Queries queries = TRY(openQueries(call));
    ProgressLine progress;
    auto preview = queries.previewPrices(overrides, progress.sink(), call.stop);
    progress.clear();
    print(TRY(std::move(preview)));
    if (call.arguments.has("preview"))
        return ExitCode::Done;
    const PriceOverrides applied = overrides ? *overrides : TRY(queries.prices(call.stop)).own;
    const auto done = workspaceChanges()->setPriceOverrides(queries.path(), applied, progress.sink(), call.stop);
    progress.clear();
    if (!done)
        return tl::unexpected(done.error());
    return ExitCode::Done;
}

Result<int> take(const CommandCall& call, const std::string& path, PriceList list)
{
    return reprice(call, TRY(workspaceChanges()->readPrices(path, list)));
}

std::optional<PriceList> listNamed(const std::string& id)
{
    return id == "litellm"     ? std::optional(PriceList::LiteLlm)
           : id == "langfuse"  ? std::optional(PriceList::Langfuse)
           : id == "langsmith" ? std::optional(PriceList::LangSmith)
                               : std::nullopt;
}

Result<int> run(const CommandCall& call)
{
    const std::vector<std::string>& words = call.arguments.rest();
    if (words.size() == 2 && words[0] == "show")
        return show(call, words[1]);
    if (words.size() == 1 && words[0] == "reprice")
        return reprice(call, {});
    if (words.size() == 2 && words[0] == "override")
        return take(call, words[1], PriceList::Plumbline);
    if (words.size() == 3 && words[0] == "import")
        if (const auto list = listNamed(words[1]))
            return take(call, words[2], *list);
    return fail(
        ErrorKind::Usage,
        "prices show MODEL, prices reprice, prices override FILE, or prices import litellm|langfuse|langsmith FILE");
}

} // namespace

Command prices()
{
    return {
        .name = "prices",
        .synopsis = "show MODEL [--at DATE] [--tier TIER] | reprice | override FILE | import "
                    "litellm|langfuse|langsmith FILE [--preview]",
        .summary = "What a model costs at a date; takes other prices in, with what they move by month",
        .options = {{"store", "FILE", "the workspace (show: its book with overrides; else the built-in one)"},
                    {"at", "DATE", "show: at this day or time (now)"},
                    {"tier", "TIER", "show: standard, batch, flex, priority, fast"},
                    {"provider", "NAME", "show: as this provider sells it: azure, bedrock, …"},
                    {"preview", {}, "only show what would move"}},
        .run = run,
    };
}

} // namespace plumbline::commands
