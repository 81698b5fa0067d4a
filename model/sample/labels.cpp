// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "model/sample/prose.h"
#include "model/sample/scenario.h"

// Short texts in, one label out: tickets as they come, and the night's backlog.
namespace plumbline::sample {

namespace {

constexpr std::array<std::string_view, 5> labels{"refund", "exchange", "delivery", "repair", "other"};
constexpr std::array<std::string_view, 9> topics{"tents", "boots", "jackets", "stoves", "ropes",
                                                 "packs", "lamps", "bottles", "gifts"};

SharedText ticketText(const std::string& reference, Random& random)
{
    std::string text = "Ticket " + reference + ": ";
    appendProse(text, Register::Request, random.around(110), random);
    return sharedText(std::move(text));
}

SharedText labelText(std::string_view name, std::string_view label)
{
    return sharedText("{\"" + std::string(name) + "\":\"" + std::string(label) + "\"}");
}

} // namespace

void classifyTicket(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("ticket");
    const SharedText ticket = ticketText(unit.reference(), random);
    const SharedText label = labelText("label", random.oneOf(labels));
    const SystemPrompt system = company.systemPrompt(unit, "the ticket sorter", 340, Company::Growth::None);
    const bool isOversized = company.isPlanted(SampleDrain::OversizedModel, mix(unit.stream, "model"));

    const auto play = [&](std::string_view purpose, Timestamp start, std::vector<CallClaim> claims) {
        Prompt prompt;
        prompt.system(system);
        prompt.message(BlockRole::User, ticket);
        if (isOversized)
            claims.push_back({SampleDrain::OversizedModel, CallClaim::Extent::Affected, 0,
                              "one of five labels, as the smallest model gives them"});
        TraceBuilder builder(company, unit, purpose, 0, start);
        builder.open(SpanKind::Chain, "classify-ticket");
        builder.call({.name = "classify",
                      .model = isOversized ? &gpt54 : &gpt54Nano,
                      .input = std::move(prompt.blocks()),
                      .output = {textBlock(BlockRole::Assistant, label)},
                      .temperaturePercent = 0,
                      .maxTokens = 32,
                      .promptName = "classify-ticket",
                      .promptVersion = system.version,
                      .claims = std::move(claims),
                      .mustParse = true});
        builder.current().output = {textBlock(BlockRole::Assistant, label)};
        builder.close();
        take(std::move(builder).finish());
    };
    play("ticket", unit.start, {});
    if (company.isPlanted(SampleDrain::DuplicateCalls, mix(unit.stream, "again"))) {
        Random again = unit.random("again");
        play("again", Timestamp(unit.start.microseconds() + again.between(20, 40'000) * 1'000'000),
             {{.drain = SampleDrain::DuplicateCalls, .why = "the same request earlier that day"}});
    }
}

void nightlyTagging(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("job");
    const std::uint64_t items = 20 + random.below(21);
    const bool isSerial = company.isNthPlanted(SampleDrain::BatchableCalls, unit.number);
    const SystemPrompt system = company.systemPrompt(unit, "the catalogue tagger", 640, Company::Growth::None);

    TraceBuilder builder(company, unit, "job", 0, unit.start);
    builder.trace().user.clear();
    builder.open(SpanKind::Chain, "nightly-tagging");
    const Timestamp begin = builder.now();
    Timestamp end = begin;
    for (std::uint64_t item = 0; item < items; ++item) {
        Random words = unit.random("item", item);
        Prompt prompt;
        prompt.system(system);
        prompt.message(BlockRole::User, ticketText(unit.reference() + "-" + std::to_string(item), words));
        CallRequest request{.name = "tag",
                            .model = &gpt54Mini,
                            .input = std::move(prompt.blocks()),
                            .output = {textBlock(BlockRole::Assistant, labelText("topic", words.oneOf(topics)))},
                            .temperaturePercent = 0,
                            .maxTokens = 32,
                            .serviceTier = isSerial ? "" : "batch",
                            .promptName = "nightly-tagging",
                            .promptVersion = system.version};
        if (isSerial)
            request.claims.push_back({SampleDrain::BatchableCalls, CallClaim::Extent::Affected, 0,
                                      "one by one at night, with nobody waiting"});
        else
            builder.setClock(begin); // a batch is handed in as a whole
        builder.call(std::move(request));
        if (isSerial)
            builder.wait(200'000);
        end = std::max(end, builder.now());
    }
    builder.setClock(end);
    builder.close();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
