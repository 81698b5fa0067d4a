// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "model/sample/agent_loop.h"
#include "model/sample/prose.h"
#include "model/sample/scenario.h"

// An agent that changes orders by calling the shop's services.
namespace plumbline::sample {

namespace {

constexpr std::array<ToolFacts, 4> neededTools{{
    {"get_order", "Looks up one order with its lines, status and weight.",
     "order_id:integer:Number of the order as the customer gives it"},
    {"list_orders", "Lists the orders of a customer, newest first, twenty a page.",
     "customer:string:Full name or number of the customer|page:integer:Page from 1"},
    {"update_address", "Changes where a parcel that has not left yet is delivered.",
     "order_id:integer:Number of the order|address:string:Street, town and country in one line"},
    {"create_return", "Opens a return and mails a label to the customer.",
     "order_id:integer:Number of the order|reason:string:Why the item comes back, in the customer's words"},
}};
/// Offered only where traps are wanted, since nothing else calls them.
constexpr std::array<ToolFacts, 3> trapTools{{
    {"wait_for_courier", "Asks whether the courier has taken a booking; repeat it until the answer is final.",
     "order_id:integer:Number of the order"},
    {"count_parcels", "Counts the parcels that leave the warehouse today.",
     "warehouse:string:Name of the warehouse's street"},
    {"escalate_to_human", "Hands the conversation to a colleague; only for threats, accidents and legal letters.",
     "order_id:integer:Number of the order|summary:string:What a colleague has to know"},
}};
constexpr std::array<ToolFacts, 10> deadTools{{
    {"reserve_store_slot", "Books a time in a store for a fitting or a repair talk.",
     "store:string:Town of the store|time:string:Wished time in ISO 8601|minutes:integer:How long it takes"},
    {"convert_currency", "Converts an amount with the rate of the booking day.",
     "amount_cents:integer:Amount in cents|from:string:Three-letter code|to:string:Three-letter code"},
    {"issue_voucher", "Creates a gift voucher as a gesture of goodwill.",
     "customer:string:Full name of the customer|amount_cents:integer:Value in cents|reason:string:Why it is given"},
    {"merge_accounts", "Joins two customer accounts that belong to the same person.",
     "keep:string:Number of the account that stays|remove:string:Number of the account that goes"},
    {"search_spare_parts", "Finds spare parts by maker and model in the workshop's catalogue.",
     "maker:string:Name of the maker|model:string:Model as printed on the label|part:string:What is broken"},
    {"schedule_pickup", "Sends a courier to collect a heavy parcel at the customer's door.",
     "order_id:integer:Number of the order|day:string:Date in ISO 8601|window:string:morning or afternoon"},
    {"translate_message", "Translates a message into the language of the customer.",
     "text:string:The message|language:string:Two-letter code of the language"},
    {"read_loyalty_points", "Reads the balance of points and when they expire.",
     "customer:string:Number of the loyalty account"},
    {"price_match", "Compares our price with that of a competitor's page.",
     "sku:string:Our number of the item|url:string:Address of the competitor's page"},
    {"block_card", "Blocks a stored card after fraud was reported.",
     "customer:string:Number of the customer|last_digits:string:The last four digits of the card"},
}};

/// The ordinary steps of a run: look up, change something, confirm.
void playOrdinary(AgentLoop& agent, const Company& company, const Unit& unit)
{
    const std::string id = unit.reference();
    Random random = unit.random("steps");
    const bool isPretty = company.isPlanted(SampleDrain::DebugPayload, mix(unit.stream, "record"));
    const Random orderStream = unit.random("order");
    const std::string compact = orderRecord(100'000 + unit.number, orderStream, Layout::Compact);
    ToolStep lookUp{.tool = "get_order", .arguments = record({{"order_id", id}}, Layout::Compact), .result = compact};
    if (isPretty) {
        lookUp.result = orderRecord(100'000 + unit.number, orderStream, Layout::Pretty);
        lookUp.claim = {SampleDrain::DebugPayload, countTokens(lookUp.result) - countTokens(compact),
                        "pretty-printed JSON"};
    }
    agent.play(std::move(lookUp));

    std::string words;
    appendSentence(words, Register::Request, random);
    if (random.chance(500'000))
        agent.play(
            {.tool = "create_return",
             .arguments = record({{"order_id", id}, {"reason", quoted(words)}}, Layout::Compact),
             .result = record({{"return", quoted("R-" + id)}, {"label", quoted("sent by mail")}}, Layout::Compact)});
    else
        agent.play({.tool = "update_address",
                    .arguments = record({{"order_id", id},
                                         {"address", quoted(std::string(customerName(random)) + ", Tarn Street " +
                                                            std::to_string(1 + random.below(80)) + ", Kelby")}},
                                        Layout::Compact),
                    .result = record({{"order_id", id}, {"changed", "true"}}, Layout::Compact)});
    // Once in fifty runs, some 250 calls: rare, and needed. Not by chance, so that small data have a call of it too.
    if (company.options().hardNegatives && unit.number % 50 == 25)
        agent.play({.tool = "escalate_to_human",
                    .arguments = record({{"order_id", id}, {"summary", quoted(words)}}, Layout::Compact),
                    .result = record({{"ticket", quoted("T-" + id)}}, Layout::Compact),
                    .hardNegative = "rare-tool"});
    if (random.chance(300'000))
        agent.play({.tool = "list_orders",
                    .arguments = record({{"customer", quoted("C-" + id)}, {"page", "1"}}, Layout::Compact),
                    .result = record({{"customer", quoted("C-" + id)}, {"orders", "[" + id + "]"}}, Layout::Compact)});
}

/// Polling: the same question at growing intervals with the same answer, until the courier has made up its mind.
void playPolling(AgentLoop& agent, const Unit& unit)
{
    const std::string arguments = record({{"order_id", unit.reference()}}, Layout::Compact);
    std::int64_t pause = 5'000'000;
    for (int i = 0; i < 4; ++i, pause *= 2)
        agent.play({.tool = "wait_for_courier",
                    .arguments = arguments,
                    .result = record({{"booking", quoted(i < 3 ? "pending" : "confirmed")}}, Layout::Compact),
                    .duration = pause,
                    .hardNegative = "polling"});
}

/// Pagination: nearly the same question for every page.
void playPagination(AgentLoop& agent, const Unit& unit)
{
    for (std::uint64_t page = 1; page <= 4; ++page) {
        std::string orders = "[";
        for (std::uint64_t i = 0; i < 20; ++i)
            orders.append(i ? "," : "").append(std::to_string(100'000 + unit.number - (page * 20 + i) % 90'000));
        agent.play({.tool = "list_orders",
                    .arguments = record({{"customer", quoted("C-" + unit.reference())}, {"page", std::to_string(page)}},
                                        Layout::Compact),
                    .result = record({{"page", std::to_string(page)}, {"orders", orders + "]"}}, Layout::Compact),
                    .hardNegative = "pagination"});
    }
}

} // namespace

void orderAgent(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("request");
    // A question about today: the same words again and again, and another answer each time.
    const bool isAboutToday = company.isTrap(mix(unit.stream, "today"), 40'000);
    std::string words = "How many parcels leave the warehouse in Tarn Street today?";
    if (!isAboutToday) {
        words.clear();
        appendProse(words, Register::Request, random.around(60), random);
        words += " The order is " + unit.reference() + ".";
    }
    const SystemPrompt system = company.systemPrompt(unit, "the order desk", 1'600, Company::Growth::None);

    TraceBuilder builder(company, unit, "run", 0, unit.start);
    AgentLoop agent(builder, company,
                    {.name = "order-agent",
                     .model = &gpt54,
                     .system = system,
                     .promptName = "order-agent",
                     .replies = Register::Reply,
                     .answerTokens = 90});
    offer(agent.prompt(), neededTools);
    if (company.options().hardNegatives)
        offer(agent.prompt(), trapTools);
    const auto inVain = static_cast<std::size_t>(company.planted(SampleDrain::UnusedTools, deadTools.size()));
    offerInVain(agent.prompt(), std::span(deadTools).first(inVain));
    agent.begin(sharedText(std::move(words)));
    if (isAboutToday) {
        agent.play({.tool = "count_parcels",
                    .arguments = record({{"warehouse", quoted("Tarn Street")}}, Layout::Compact),
                    .result = record({{"parcels", std::to_string(200 + random.below(9'000))}}, Layout::Compact),
                    .hardNegative = "time-dependent"});
    } else {
        playOrdinary(agent, company, unit);
        if (company.isTrap(mix(unit.stream, "polling"), 40'000))
            playPolling(agent, unit);
        else if (company.isTrap(mix(unit.stream, "pagination"), 40'000))
            playPagination(agent, unit);
    }
    agent.end();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
