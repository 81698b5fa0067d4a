// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/saved_reports.h"

#include <nlohmann/json.hpp>

#include "model/core/time.h"

namespace plumbline {

namespace {

using nlohmann::json;

tl::unexpected<Error> malformed(const std::string& what)
{
    return tl::unexpected(Error{ErrorKind::Malformed, "report definition: " + what});
}

Result<std::string> textOf(const json& document, const char* word)
{
    const auto value = document.find(word);
    if (value == document.end())
        return std::string();
    if (!value->is_string())
        return malformed(std::string(word) + " wants a text");
    return value->get<std::string>();
}

} // namespace

std::string toJson(const ReportDefinition& definition)
{
    json document = {{"plumbline_report", 1},
                     {"company", definition.company},
                     {"form", idOf(definition.form)},
                     {"paper", idOf(definition.paper)},
                     {"currency", definition.currency},
                     {"left_out", definition.leftOut},
                     {"prepared_by", definition.preparedBy}};
    if (definition.month)
        document["month"] = ReportingCalendar::monthText(*definition.month);
    else
        document["months_back"] = definition.monthsBack;
    return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<ReportDefinition> reportDefinitionFromJson(std::string_view text)
{
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object())
        return malformed("no JSON object");
    if (const auto version = document.find("plumbline_report"); version == document.end() || *version != 1)
        return malformed("\"plumbline_report\": 1 is missing: another kind of file, or a newer one");
    ReportDefinition definition;
    definition.company = TRY(textOf(document, "company"));
    definition.currency = TRY(textOf(document, "currency"));
    definition.preparedBy = TRY(textOf(document, "prepared_by"));
    if (const std::string form = TRY(textOf(document, "form")); !form.empty())
        definition.form = TRY(reportFormFromId(form));
    if (const std::string paper = TRY(textOf(document, "paper")); !paper.empty())
        definition.paper = TRY(paperSizeFromId(paper));
    if (const std::string month = TRY(textOf(document, "month")); !month.empty())
        definition.month = TRY(ReportingCalendar::parseMonth(month));
    if (const auto back = document.find("months_back"); back != document.end()) {
        if (!back->is_number_integer())
            return malformed("months_back wants a whole number");
        definition.monthsBack = back->get<std::int32_t>();
    }
    if (const auto out = document.find("left_out"); out != document.end()) {
        if (!out->is_array())
            return malformed("left_out wants a list of sections");
        for (const json& section : *out) {
            if (!section.is_string())
                return malformed("a section is a text");
            definition.leftOut.push_back(section.get<std::string>());
        }
    }
    return definition;
}

Result<std::vector<ReportDefinition>> savedReports(const store::Workspace& workspace)
{
    std::vector<ReportDefinition> all;
    store::Statement query =
        TRY(workspace.database().prepare("SELECT name, json FROM report_definition ORDER BY name"));
    while (TRY(query.next())) {
        auto definition = reportDefinitionFromJson(query.text(1));
        if (!definition)
            continue;
        definition->name = query.text(0);
        all.push_back(*std::move(definition));
    }
    return all;
}

Result<> saveReport(store::Workspace& workspace, const ReportDefinition& definition)
{
    TRY(checked(definition));
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(TRY(workspace.database().prepare("INSERT OR REPLACE INTO report_definition VALUES(?, ?)"))
            .run(definition.name, toJson(definition)));
    return transaction.commit();
}

Result<> removeReport(store::Workspace& workspace, const std::string& name)
{
    store::Transaction transaction = TRY(store::Transaction::begin(workspace.database()));
    TRY(TRY(workspace.database().prepare("DELETE FROM report_definition WHERE name = ?")).run(name));
    return transaction.commit();
}

} // namespace plumbline
