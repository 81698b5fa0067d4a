// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/spend_plan_json.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <nlohmann/json.hpp>

#include "model/core/time.h"

namespace plumbline {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr double mostCents = 1e15; ///< ten thousand thousand millions of dollars

tl::unexpected<Error> malformed(const std::string& place, const std::string& what)
{
    return tl::unexpected(Error{ErrorKind::Malformed, place + ": " + what});
}

/// Every word of an object is known: a misspelt one would do nothing in silence.
Result<> checkWords(const json& object, const std::string& place, std::initializer_list<std::string_view> known)
{
    if (!object.is_object())
        return malformed(place, "an object belongs here");
    for (const auto& [word, value] : object.items())
        if (std::find(known.begin(), known.end(), word) == known.end())
            return malformed(place, "'" + word + "' is no word of a spend plan");
    return {};
}

Result<std::string> textAt(const json& object, const char* word, const std::string& place, bool isWanted)
{
    const auto value = object.find(word);
    if (value == object.end() && !isWanted)
        return std::string();
    if (value == object.end() || !value->is_string())
        return malformed(place, std::string(word) + " wants a text");
    return value->get<std::string>();
}

Result<std::int32_t> monthAt(const json& object, const char* word, const std::string& place, bool isWanted)
{
    const std::string text = TRY(textAt(object, word, place, isWanted));
    if (text.empty())
        return 0;
    const auto month = ReportingCalendar::parseMonth(text);
    if (!month)
        return malformed(place, month.error().reason);
    return *month;
}

Result<CostCentre> centreFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"name", "match", "split_by"}));
    CostCentre centre;
    centre.name = TRY(textAt(object, "name", place, true));
    const auto match = object.find("match");
    if (match == object.end() || !match->is_array())
        return malformed(place, "match wants a list of conditions such as \"feature=support-chat\"");
    for (const json& condition : *match) {
        if (!condition.is_string())
            return malformed(place, "a condition is a text such as \"feature=support-chat\"");
        auto read = conditionFromText(condition.get<std::string>());
        if (!read)
            return malformed(place, read.error().reason);
        centre.conditions.push_back(*std::move(read));
    }
    if (const std::string split = TRY(textAt(object, "split_by", place, false)); !split.empty()) {
        const auto key = splitKeyFromId(split);
        if (!key)
            return malformed(place, key.error().reason);
        centre.shared = *key;
    }
    return centre;
}

Result<Budget> budgetFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"for", "value", "from", "usd", "warn_at"}));
    Budget budget;
    budget.scope.of = TRY(textAt(object, "for", place, true));
    budget.scope.value = TRY(textAt(object, "value", place, false));
    budget.from = TRY(monthAt(object, "from", place, false));
    const auto amount = object.find("usd");
    if (amount == object.end() || !amount->is_number() || std::abs(amount->get<double>() * 100) > mostCents)
        return malformed(place, "usd wants an amount of dollars a month");
    budget.cents = std::llround(amount->get<double>() * 100);
    if (const auto warn = object.find("warn_at"); warn != object.end()) {
        if (!warn->is_number())
            return malformed(place, "warn_at wants a percentage");
        budget.warnAt = warn->get<double>();
    }
    return budget;
}

Result<ExchangeRate> rateFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"currency", "month", "per_usd", "date", "source"}));
    ExchangeRate rate;
    rate.currency = TRY(textAt(object, "currency", place, true));
    rate.month = TRY(monthAt(object, "month", place, true));
    const auto nanos = rateFromText(TRY(textAt(object, "per_usd", place, true)));
    if (!nanos)
        return malformed(place, nanos.error().reason);
    rate.nanos = *nanos;
    rate.date = TRY(textAt(object, "date", place, true));
    rate.source = TRY(textAt(object, "source", place, true));
    return rate;
}

Result<FeatureOwner> ownerFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"feature", "owner"}));
    FeatureOwner owner;
    owner.feature = TRY(textAt(object, "feature", place, true));
    owner.owner = TRY(textAt(object, "owner", place, true));
    return owner;
}

Result<UnitCostTarget> targetFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"unit", "feature", "from", "usd"}));
    UnitCostTarget target;
    const auto unit = workUnitFromId(TRY(textAt(object, "unit", place, true)));
    if (!unit)
        return malformed(place, unit.error().reason);
    target.unit = *unit;
    target.feature = TRY(textAt(object, "feature", place, false));
    target.from = TRY(monthAt(object, "from", place, false));
    const auto most = moneyFromDecimal(TRY(textAt(object, "usd", place, true)));
    if (!most)
        return malformed(place, most.error().reason);
    target.most = *most;
    return target;
}

Result<ChangeNote> noteFrom(const json& object, const std::string& place)
{
    TRY(checkWords(object, place, {"month", "step", "nature", "owner", "action"}));
    ChangeNote note;
    note.month = TRY(monthAt(object, "month", place, true));
    note.step = TRY(textAt(object, "step", place, true));
    const auto nature = changeNatureFromId(TRY(textAt(object, "nature", place, false)));
    if (!nature)
        return malformed(place, nature.error().reason);
    note.nature = *nature;
    note.owner = TRY(textAt(object, "owner", place, false));
    note.action = TRY(textAt(object, "action", place, false));
    return note;
}

Result<> readList(const json& document, const char* word, auto read)
{
    const auto list = document.find(word);
    if (list == document.end())
        return {};
    if (!list->is_array())
        return malformed(word, "a list belongs here");
    for (std::size_t i = 0; i < list->size(); ++i)
        TRY(read((*list)[i], std::string(word) + "[" + std::to_string(i) + "]"));
    return {};
}

} // namespace

std::string toJson(const SpendPlan& plan)
{
    ordered_json document = {{"plumbline_spend", 1}, {"cost_centres", json::array()}, {"budgets", json::array()}};
    for (const CostCentre& centre : plan.centres) {
        ordered_json object = {{"name", centre.name}, {"match", json::array()}};
        for (const Condition& condition : centre.conditions)
            object["match"].push_back(textOf(condition));
        if (centre.shared != SplitKey::None)
            object["split_by"] = idOf(centre.shared);
        document["cost_centres"].push_back(std::move(object));
    }
    for (const Budget& budget : plan.budgets) {
        ordered_json object = {{"for", budget.scope.of}};
        if (!budget.scope.value.empty())
            object["value"] = budget.scope.value;
        if (budget.from != 0)
            object["from"] = ReportingCalendar::monthText(budget.from);
        object["usd"] = static_cast<double>(budget.cents) / 100;
        object["warn_at"] = budget.warnAt;
        document["budgets"].push_back(std::move(object));
    }
    // What nobody said stands not in the file.
    for (const FeatureOwner& of : plan.owners)
        document["owners"].push_back(ordered_json{{"feature", of.feature}, {"owner", of.owner}});
    for (const UnitCostTarget& target : plan.targets) {
        ordered_json object = {{"unit", idOf(target.unit)}};
        if (!target.feature.empty())
            object["feature"] = target.feature;
        if (target.from != 0)
            object["from"] = ReportingCalendar::monthText(target.from);
        object["usd"] = decimalText(target.most);
        document["unit_cost_targets"].push_back(std::move(object));
    }
    for (const ChangeNote& note : plan.notes) {
        ordered_json object = {{"month", ReportingCalendar::monthText(note.month)}, {"step", note.step}};
        if (note.nature != ChangeNature::Unsaid)
            object["nature"] = idOf(note.nature);
        for (const auto& [word, text] : {std::pair("owner", note.owner), std::pair("action", note.action)})
            if (!text.empty())
                object[word] = text;
        document["change_notes"].push_back(std::move(object));
    }
    if (plan.yearStarts != 1)
        document["year_starts"] = plan.yearStarts;
    document["currency"] = plan.currency;
    document["exchange_rates"] = json::array();
    for (const ExchangeRate& rate : plan.rates)
        document["exchange_rates"].push_back(ordered_json{{"currency", rate.currency},
                                                          {"month", ReportingCalendar::monthText(rate.month)},
                                                          {"per_usd", rateText(rate.nanos)},
                                                          {"date", rate.date},
                                                          {"source", rate.source}});
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<SpendPlan> spendPlanFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (document.is_discarded())
        return malformed("spend plan", "no JSON");
    TRY(checkWords(document, "spend plan",
                   {"plumbline_spend", "cost_centres", "budgets", "owners", "unit_cost_targets", "change_notes",
                    "year_starts", "currency", "exchange_rates"}));
    if (const auto version = document.find("plumbline_spend"); version == document.end() || *version != 1)
        return malformed("spend plan", "\"plumbline_spend\": 1 is missing: another kind of file, or a newer one");
    SpendPlan plan;
    TRY(readList(document, "cost_centres", [&](const json& object, const std::string& place) -> Result<> {
        plan.centres.push_back(TRY(centreFrom(object, place)));
        return {};
    }));
    TRY(readList(document, "budgets", [&](const json& object, const std::string& place) -> Result<> {
        plan.budgets.push_back(TRY(budgetFrom(object, place)));
        return {};
    }));
    TRY(readList(document, "owners", [&](const json& object, const std::string& place) -> Result<> {
        plan.owners.push_back(TRY(ownerFrom(object, place)));
        return {};
    }));
    TRY(readList(document, "unit_cost_targets", [&](const json& object, const std::string& place) -> Result<> {
        plan.targets.push_back(TRY(targetFrom(object, place)));
        return {};
    }));
    TRY(readList(document, "change_notes", [&](const json& object, const std::string& place) -> Result<> {
        plan.notes.push_back(TRY(noteFrom(object, place)));
        return {};
    }));
    if (const auto starts = document.find("year_starts"); starts != document.end()) {
        if (!starts->is_number_integer())
            return malformed("year_starts", "the number of a month belongs here");
        plan.yearStarts = static_cast<std::int32_t>(std::clamp<std::int64_t>(starts->get<std::int64_t>(), 0, 99));
    }
    if (const std::string currency = TRY(textAt(document, "currency", "spend plan", false)); !currency.empty())
        plan.currency = currency;
    TRY(readList(document, "exchange_rates", [&](const json& object, const std::string& place) -> Result<> {
        plan.rates.push_back(TRY(rateFrom(object, place)));
        return {};
    }));
    TRY(checked(plan));
    return plan;
}

} // namespace plumbline
