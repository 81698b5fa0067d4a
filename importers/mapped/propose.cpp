// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/mapped/propose.h"

#include <array>
#include <string>
#include <vector>

#include "model/core/ascii.h"

namespace plumbline::mapped {

namespace {

constexpr int deepestMember = 2;
constexpr std::size_t mostFields = 400;

/// Names without separators and in lower case, the plainest first.
struct Names
{
    LogField field;
    std::vector<std::string_view> names;
};

const std::vector<Names>& knownNames()
{
    static const std::vector<Names> all = {
        {LogField::Time,
         {"timestamp", "time", "ts", "starttime", "createdat", "created", "date", "datetime", "requesttime",
          "eventtime", "start", "loggedat", "timestampms", "isotimestamp"}},
        {LogField::End, {"endtime", "end", "finishedat", "completedat", "responsetime"}},
        {LogField::LatencyMs, {"latencyms", "durationms", "elapsedms", "responsetimems", "latencymilliseconds"}},
        {LogField::Model, {"model", "modelname", "llmmodel", "modelid", "responsemodel", "engine", "deployment"}},
        {LogField::Provider, {"provider", "vendor", "llmprovider", "modelprovider"}},
        {LogField::Input,
         {"inputtokens", "prompttokens", "tokensin", "intokens", "input", "inputtokencount", "prompttokencount",
          "tokensinput", "tokensprompt", "ninput", "nprompttokens"}},
        {LogField::Uncached, {"uncachedinputtokens", "uncachedtokens", "inputtokensnocache"}},
        {LogField::CacheRead,
         {"cachereadinputtokens", "cachereadtokens", "cachedtokens", "cacheread", "cachedinputtokens",
          "inputcachedtokens", "cachehittokens", "promptcachehittokens"}},
        {LogField::CacheWrite,
         {"cachecreationinputtokens", "cachewritetokens", "cachewriteinputtokens", "cachewrite",
          "cachecreationtokens"}},
        {LogField::Output,
         {"outputtokens", "completiontokens", "tokensout", "outtokens", "output", "outputtokencount",
          "completiontokencount", "tokensoutput", "tokenscompletion", "generatedtokens"}},
        {LogField::Reasoning, {"reasoningtokens", "thinkingtokens", "reasoningoutputtokens", "thoughtstokens"}},
        {LogField::Total, {"totaltokens", "tokens", "tokencount", "tokenstotal", "totaltokencount"}},
        {LogField::Cost, {"costusd", "cost", "totalcost", "spend", "usd", "costdollars", "totalcostusd"}},
        {LogField::Feature, {"feature", "featurename", "usecase", "endpoint", "route", "task", "workflow", "product"}},
        {LogField::Step, {"step", "operation", "name", "function", "action", "spanname", "prompttype"}},
        {LogField::User, {"userid", "user", "customerid", "customer", "tenant", "tenantid", "accountid", "enduser"}},
        {LogField::Session, {"sessionid", "session", "conversationid", "conversation", "threadid", "chatid"}},
        {LogField::Trace, {"traceid", "trace", "runid", "correlationid"}},
        {LogField::Id, {"spanid", "callid", "id", "eventid", "uuid", "requestid"}},
        {LogField::Parent, {"parentid", "parentspanid"}},
        {LogField::Response, {"responseid", "completionid", "messageid"}},
        {LogField::Environment, {"environment", "env", "stage"}},
        {LogField::Release, {"release", "version", "appversion", "commit", "gitsha"}},
        {LogField::Tier, {"servicetier", "tier"}},
        {LogField::Status, {"status", "outcome", "result"}},
        {LogField::Error, {"error", "errormessage", "exception"}},
        {LogField::Tags, {"tags", "labels"}},
        {LogField::Prompt, {"messages", "prompt", "request", "inputmessages"}},
        {LogField::Answer, {"response", "completion", "answer", "outputmessages", "responsetext"}},
    };
    return all;
}

struct Found
{
    std::string path;
    std::string name; ///< the last key, normalised
    json::Value value;
    int depth = 0;
};

std::string normalised(std::string_view key)
{
    std::string name;
    for (const char c : key) {
        const char small = lowerCase(c);
        if ((small >= 'a' && small <= 'z') || isDigit(small))
            name += small;
    }
    return name;
}

void collect(json::Object object, const std::string& prefix, int depth, std::vector<Found>& into)
{
    for (const auto [key, value] : object) {
        if (into.size() >= mostFields)
            return;
        const std::string path = prefix + std::string(key);
        into.push_back({path, normalised(key), value, depth});
        if (value.isObject() && depth < deepestMember)
            collect(value.object(), path + ".", depth + 1, into);
    }
}

bool isTokens(LogField field)
{
    switch (field) {
    case LogField::Input:
    case LogField::Uncached:
    case LogField::CacheRead:
    case LogField::CacheWrite:
    case LogField::Output:
    case LogField::Reasoning:
    case LogField::Total:
        return true;
    default:
        return false;
    }
}

/// Whether a value can be what the field is: the word `input` names a count here and a prompt there.
bool fits(LogField field, json::Value value)
{
    if (isTokens(field) || field == LogField::Cost || field == LogField::LatencyMs)
        return value.number().has_value();
    if (field == LogField::Time || field == LogField::End)
        return value.isNumber() || !value.text().empty();
    if (field == LogField::Prompt || field == LogField::Answer)
        return value.isObject() || value.isArray() || !value.text().empty();
    if (field == LogField::Tags)
        return value.isArray() || !value.text().empty();
    return !value.isObject() && !value.isArray() && !value.isNull();
}

} // namespace

std::string normalisedKey(std::string_view path)
{
    const std::size_t dot = path.rfind('.');
    return normalised(dot == std::string_view::npos ? path : path.substr(dot + 1));
}

FieldMapping propose(json::Value record)
{
    std::vector<Found> fields;
    collect(record.object(), {}, 0, fields);
    FieldMapping mapping;
    for (const Names& known : knownNames()) {
        const Found* best = nullptr;
        std::size_t bestRank = 0;
        for (const Found& field : fields) {
            std::size_t rank = 0;
            for (const std::string_view name : known.names) {
                if (field.name == name)
                    break;
                ++rank;
            }
            if (rank == known.names.size() || !fits(known.field, field.value))
                continue;
            // Names on top before those inside, then the plainer one.
            const std::size_t order = static_cast<std::size_t>(field.depth) * 100 + rank;
            if (!best || order < bestRank) {
                best = &field;
                bestRank = order;
            }
        }
        if (best)
            mapping.set(known.field, best->path);
    }
    return mapping;
}

} // namespace plumbline::mapped
