// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/input/otlp_messages.h"

#include "importers/otlp/protobuf.h"

namespace plumbline::input {

namespace {

/// Hands out each message as the JSON it would be.
class MessageSplitter : public Splitter
{
public:
    explicit MessageSplitter(std::vector<std::string_view> messages) : m_messages(std::move(messages)) {}
    Result<std::optional<Found>> next(Buffer&) override
    {
        if (m_next == m_messages.size())
            return std::optional<Found>();
        const std::string_view message = m_messages[m_next++];
        auto text = otlp::jsonFromProtobuf(message);
        if (!text)
            return std::optional(Found{.bad = BadRecord{m_next, "no OTLP message"}});
        m_text = std::move(*text);
        const std::size_t size = m_text.size();
        m_text.append(json::padding, ' ');
        return std::optional(
            Found{.record = Record{.text = std::string_view(m_text).substr(0, size), .number = m_next}});
    }

private:
    std::vector<std::string_view> m_messages; ///< in the buffer, which nobody fills any more
    std::size_t m_next = 0;
    std::string m_text;
};

/// A start that every export request has: field 1 with a length; or a length before it.
bool mayBeMessage(std::string_view start)
{
    return start.size() > 4 && (start[0] == '\n' || start.substr(0, 10).find('\n') != std::string_view::npos);
}

} // namespace

Result<std::unique_ptr<Splitter>> otlpMessages(Buffer& buffer)
{
    if (!mayBeMessage(buffer.unread()))
        return std::unique_ptr<Splitter>();
    while (TRY(buffer.more()))
        if (buffer.unread().size() > largestRecord)
            return fail(ErrorKind::TooLarge, "binary data of more than 256 MB");
    const std::string_view whole = buffer.unread();
    std::vector<std::string_view> messages;
    if (otlp::jsonFromProtobuf(whole))
        messages.push_back(whole);
    else if (!otlp::splitProtobuf(whole, messages))
        return std::unique_ptr<Splitter>();
    return std::unique_ptr<Splitter>(std::make_unique<MessageSplitter>(std::move(messages)));
}

} // namespace plumbline::input
