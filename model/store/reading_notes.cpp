// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/reading_notes.h"

#include <algorithm>
#include <array>

#include "model/core/filter_expression.h"

namespace plumbline::store {

Result<std::vector<SavedFilter>> savedFilters(const Workspace& workspace)
{
    std::vector<SavedFilter> filters;
    Statement rows = TRY(workspace.database().prepare("SELECT name, expression FROM saved_filter ORDER BY name"));
    while (TRY(rows.next()))
        filters.push_back({.name = std::string(rows.text(0)), .expression = std::string(rows.text(1))});
    return filters;
}

Result<> saveFilter(const Workspace& workspace, const SavedFilter& filter)
{
    if (filter.name.empty())
        return fail(ErrorKind::Usage, "a filter is kept under a name");
    TRY(conditionsFromExpression(filter.expression));
    Statement insert =
        TRY(workspace.database().prepare("INSERT OR REPLACE INTO saved_filter(name, expression) VALUES(?, ?)"));
    return insert.run(filter.name, filter.expression);
}

Result<> removeFilter(const Workspace& workspace, const std::string& name)
{
    Statement remove = TRY(workspace.database().prepare("DELETE FROM saved_filter WHERE name = ?"));
    return remove.run(name);
}

Result<std::vector<Annotation>> annotations(const Workspace& workspace)
{
    std::vector<Annotation> annotations;
    Statement rows = TRY(workspace.database().prepare("SELECT happened, kind, text FROM annotation "
                                                      "ORDER BY happened, id"));
    while (TRY(rows.next()))
        annotations.push_back(
            {.time = Timestamp(rows.integer(0)), .kind = std::string(rows.text(1)), .text = std::string(rows.text(2))});
    return annotations;
}

Result<> setAnnotations(Workspace& workspace, const std::vector<Annotation>& annotations)
{
    constexpr std::array<std::string_view, 4> kinds = {"deploy", "price-change", "incident", "note"};
    for (const Annotation& annotation : annotations) {
        if (annotation.text.empty())
            return fail(ErrorKind::Usage, "an annotation needs a text");
        if (std::find(kinds.begin(), kinds.end(), annotation.kind) == kinds.end())
            return fail(ErrorKind::Usage, "an annotation is a deploy, a price-change, an incident or a note, not '" +
                                              annotation.kind + "'");
    }
    Transaction transaction = TRY(Transaction::begin(workspace.database()));
    TRY(workspace.database().execute("DELETE FROM annotation"));
    Statement insert =
        TRY(workspace.database().prepare("INSERT INTO annotation(happened, kind, text) VALUES(?, ?, ?)"));
    for (const Annotation& annotation : annotations)
        TRY(insert.run(annotation.time.microseconds(), annotation.kind, annotation.text));
    return transaction.commit();
}

} // namespace plumbline::store
