// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/shapes.h"

/// What retrievers return: Document of LangChain ({page_content, metadata} in Python, {pageContent, metadata, id} in
/// JavaScript), NodeWithScore of LlamaIndex, {id, score, text} of one's own, and of vector stores with the text among
/// the metadata.
namespace plumbline::prompts {

namespace {

json::Value firstText(const Fields& fields)
{
    for (const Key key : {Key::PageContent, Key::Text, Key::Content})
        if (fields[key].isString())
            return fields[key];
    return {};
}

/// Only with something that messages and parts do not have.
bool isMarked(const Fields& fields)
{
    return fields.has(Key::Score) || fields[Key::Metadata].isObject() || fields[Key::Source].isString();
}

json::Value idOf(const Fields& fields, const Fields& metadata)
{
    const json::Value id = fields[Key::Id];
    if (id.isString() || id.isNumber())
        return id;
    const json::Value named = metadata.firstOf({Key::Source, Key::Id, Key::Title});
    return named.exists() ? named : fields.firstOf({Key::Source, Key::Title});
}

} // namespace

bool isDocument(const Fields& fields)
{
    if (fields.has(Key::Role))
        return false;
    if (fields[Key::PageContent].isString())
        return true;
    if (fields[Key::Node]["text"].isString())
        return true;
    if (isLangChainObject(fields))
        return fields[Key::Kwargs]["page_content"].isString() || fields[Key::Kwargs]["pageContent"].isString();
    if (fields.has(Key::Type) && fields.text(Key::Type) != "Document")
        return false;
    if (firstText(fields).exists())
        return isMarked(fields);
    return fields.has(Key::Score) && firstText(Fields(fields[Key::Metadata].object())).exists();
}

void splitDocuments(BlockWriter& writer, json::Value documents)
{
    std::size_t rank = 0;
    const auto split = [&](json::Value document) {
        if (document.isString())
            return writer.document({}, rank++, document.text());
        Fields fields(document.object());
        for (const Key wrapper : {Key::Kwargs, Key::Node})
            if (fields[wrapper].isObject())
                fields = Fields(fields[wrapper].object());
        const Fields metadata(fields[Key::Metadata].object());
        json::Value text = firstText(fields);
        if (!text.exists())
            text = firstText(metadata);
        writer.document(writer.textOf(idOf(fields, metadata)), rank++, writer.textOf(text.exists() ? text : document));
    };
    if (!documents.isArray())
        return split(documents);
    for (const json::Value document : documents.array()) {
        if (document.isArray()) { // a list for each query
            for (const json::Value found : document.array())
                split(found);
        } else {
            split(document);
        }
    }
}

} // namespace plumbline::prompts
