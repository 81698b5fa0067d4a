// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/server_state.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <optional>

#include "importers/collector/answers.h"
#include "importers/json/json.h"
#include "model/core/ascii.h"

namespace plumbline::collector {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using namespace std::chrono_literals;
using Parser = http::request_parser<http::buffer_body>;
using Error = boost::system::error_code;

constexpr std::size_t pieceBytes = std::size_t{64} << 10;
/// What a client said it would send is reserved at once up to here; more comes as it comes.
constexpr std::uint64_t mostReserved = std::uint64_t{1} << 20;
constexpr auto drainTime = 2s;
constexpr std::string_view continueText = "HTTP/1.1 100 Continue\r\n\r\n";

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

/// Bodies being received count as long as they live.
class CountedBody
{
public:
    explicit CountedBody(std::size_t& total) : m_total(total) {}
    CountedBody(const CountedBody&) = delete;
    CountedBody& operator=(const CountedBody&) = delete;
    ~CountedBody() { m_total -= m_counted; }
    void append(const char* bytes, std::size_t size)
    {
        text.append(bytes, size);
        m_total += size;
        m_counted += size;
    }
    std::string text;

private:
    std::size_t& m_total;
    std::size_t m_counted = 0;
};

/// A connection and what is read ahead of it. The buffer is only there while there is something to read: thousands of
/// idle clients cost little.
struct Connection
{
    beast::tcp_stream& stream;
    beast::flat_buffer buffer;
    bool isKept = true;
};

Answer comeAgain(Route route, std::string_view contentType)
{
    Answer answer = refusal(route, contentType, 429, "more comes in than can be recorded: come again");
    answer.retryAfter = 1;
    return answer;
}

http::response<http::string_body> responseOf(Answer&& answer, const Parser& parser, bool isKept)
{
    http::response<http::string_body> response{http::int_to_status(answer.status), parser.get().version()};
    response.set(http::field::server, "plumbline");
    response.set(http::field::content_type, beast::string_view(answer.contentType.data(), answer.contentType.size()));
    if (answer.retryAfter > 0)
        response.set(http::field::retry_after, std::to_string(answer.retryAfter));
    if (const auto origin = parser.get()[http::field::origin]; isLoopbackOrigin(view(origin))) {
        response.set(http::field::access_control_allow_origin, origin);
        response.set(http::field::vary, "Origin");
    }
    response.keep_alive(isKept);
    const bool isHead = parser.get().method() == http::verb::head;
    response.content_length(answer.body.size());
    if (!isHead)
        response.body() = std::move(answer.body);
    return response;
}

/// Browsers ask before they post.
Answer preflight()
{
    return {.status = 204, .body = {}};
}

void allowPreflight(http::response<http::string_body>& response, const Parser& parser)
{
    response.set(http::field::access_control_allow_methods, "POST, PATCH, GET");
    response.set(http::field::access_control_allow_headers, parser.get()[http::field::access_control_request_headers]);
    response.set("Access-Control-Allow-Private-Network", "true");
    response.erase(http::field::content_length);
    response.erase(http::field::content_type);
}

Head headOf(const Parser& parser)
{
    const auto& request = parser.get();
    return {.host = view(request[http::field::host]),
            .origin = view(request[http::field::origin]),
            .authorization = view(request[http::field::authorization]),
            .apiKey = view(request["x-api-key"])};
}

RawPost rawPostOf(const Parser& parser, const std::string& body)
{
    RawPost raw{.method = std::string(view(parser.get().method_string())),
                .target = std::string(view(parser.get().target())),
                .body = body};
    for (const auto& field : parser.get())
        raw.headers.emplace_back(std::string(view(field.name_string())), std::string(view(field.value())));
    return raw;
}

/// Answers once the post is recorded, or cannot be.
asio::awaitable<Answer> recorded(const Server::Handlers& handlers, Post& post, Destination& destination)
{
    const Route route = destination.route;
    const std::string contentType = post.contentType;
    auto token = asio::use_awaitable;
    co_return co_await asio::async_initiate<decltype(token), void(Answer)>(
        [&](auto completion) {
            const auto shared = std::make_shared<decltype(completion)>(std::move(completion));
            const auto executor = asio::get_associated_executor(*shared);
            const auto done = [shared, executor](Answer answer) {
                asio::post(executor, [shared, answer = std::move(answer)]() mutable { (*shared)(std::move(answer)); });
            };
            if (!handlers.record(std::move(post), std::move(destination), done))
                done(comeAgain(route, contentType));
        },
        token);
}

asio::awaitable<void> write(Connection& connection, http::response<http::string_body>& response,
                            std::chrono::milliseconds time)
{
    Error error;
    connection.stream.expires_after(time);
    co_await http::async_write(connection.stream, response, asio::redirect_error(asio::use_awaitable, error));
    connection.isKept &= !error && !response.need_eof();
}

/// A client that still sends sees a reset instead of the answer, unless what it sends is read for a while.
asio::awaitable<void> drain(Connection& connection)
{
    Error error;
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, error);
    connection.stream.expires_after(drainTime);
    const auto piece = std::make_unique<char[]>(pieceBytes);
    while (!error)
        co_await connection.stream.async_read_some(asio::buffer(piece.get(), pieceBytes),
                                                   asio::redirect_error(asio::use_awaitable, error));
}

/// Ends what a stream waits for once its time is over, and leaves it open: its client is told so.
class Deadline
{
public:
    Deadline(beast::tcp_stream& stream, std::chrono::milliseconds time)
        : m_timer(stream.get_executor(), time), m_state(std::make_shared<State>(State{&stream}))
    {
        stream.expires_never();
        m_timer.async_wait([state = m_state](const Error& error) {
            if (error || !state->stream)
                return;
            state->isOver = true;
            state->stream->cancel();
        });
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;
    ~Deadline() { m_state->stream = nullptr; }
    bool isOver() const { return m_state->isOver; }

private:
    struct State
    {
        beast::tcp_stream* stream;
        bool isOver = false;
    };
    asio::steady_timer m_timer;
    std::shared_ptr<State> m_state;
};

/// Reads the body; answers what is wrong with it, if anything.
asio::awaitable<std::optional<Answer>> readBody(Connection& connection, Parser& parser, CountedBody& body,
                                                const Server::Limits& limits, const std::size_t& allBodies, Route route)
{
    const std::string contentType(view(parser.get()[http::field::content_type]));
    if (const auto length = parser.content_length())
        body.text.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, mostReserved)) + json::padding);
    const auto piece = std::make_unique<char[]>(pieceBytes);
    const Deadline deadline(connection.stream, limits.bodyTime);
    while (!parser.is_done()) {
        parser.get().body().data = piece.get();
        parser.get().body().size = pieceBytes;
        Error error;
        co_await http::async_read(connection.stream, connection.buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error && error != http::error::need_buffer) {
            if (deadline.isOver())
                co_return refusal(route, contentType, 408, "the body did not come in time");
            co_return refusal(route, contentType, 400, "the body is not well-formed HTTP: " + error.message());
        }
        body.append(piece.get(), pieceBytes - parser.get().body().size);
        if (body.text.size() > limits.bodyBytes)
            co_return refusal(route, contentType, 413,
                              "more than " + std::to_string(limits.bodyBytes >> 20U) + " MB in one request");
        if (allBodies > limits.allBodiesBytes)
            co_return comeAgain(route, contentType);
    }
    co_return std::nullopt;
}

bool isHarmless(const Error& error)
{
    return error == http::error::end_of_stream || error == beast::error::timeout || error == asio::error::eof ||
           error == asio::error::connection_reset || error == asio::error::operation_aborted ||
           error == http::error::partial_message;
}

/// Waits for a request's first byte; false where none comes.
asio::awaitable<bool> waitForRequest(Connection& connection, std::list<beast::tcp_stream*>& idle,
                                     std::chrono::milliseconds time)
{
    if (connection.buffer.size() > 0)
        co_return true;
    connection.buffer.shrink_to_fit();
    const auto place = idle.insert(idle.end(), &connection.stream);
    Error error;
    // A read of nothing does not wait, and a wait has no deadline of its own: one byte is read, and kept.
    connection.stream.expires_after(time);
    const std::size_t got = co_await connection.stream.async_read_some(
        connection.buffer.prepare(1), asio::redirect_error(asio::use_awaitable, error));
    connection.buffer.commit(got);
    idle.erase(place);
    connection.buffer.reserve(pieceBytes);
    co_return !error && got > 0;
}

} // namespace

asio::awaitable<void> Server::State::serve(beast::tcp_stream stream)
{
    Connection connection{stream, beast::flat_buffer(setup.limits.headBytes + pieceBytes), true};
    while (connection.isKept && !isStopping) {
        if (!co_await waitForRequest(connection, idle, setup.limits.idleTime))
            break;
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(setup.limits.headBytes));
        // boost::none is broken in 1.74; what a body may have is looked at as it comes.
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
        stream.expires_after(setup.limits.headTime);
        Error error;
        co_await http::async_read_header(stream, connection.buffer, parser,
                                         asio::redirect_error(asio::use_awaitable, error));
        std::optional<Answer> answer;
        Post post;
        Destination destination;
        bool isWhole = false; // nothing of the request is left unread
        std::optional<RawPost> raw;
        if (error) {
            if (isHarmless(error))
                break;
            answer = refusal(Route::Unknown, {}, error == http::error::header_limit ? 431 : 400,
                             "not well-formed HTTP: " + error.message());
            tally.refused("a request that is not well-formed HTTP");
        } else {
            const auto& request = parser.get();
            const std::string_view target = view(request.target());
            post.method = std::string(view(request.method_string()));
            post.path = std::string(target.substr(0, target.find('?')));
            post.contentType = std::string(view(request[http::field::content_type]));
            post.contentEncoding = lowerCase(view(request[http::field::content_encoding]));
            destination = destinationOf(post.method, post.path);
            auto refused = admission.refusalOf(headOf(parser));
            // Whoever says two things of one is not to be believed in either.
            if (request.count(http::field::host) > 1 || request.count(http::field::origin) > 1)
                refused = Admission::Refusal{400, "two Host or Origin headers"};
            const bool isPreflight =
                request.method() == http::verb::options && isLoopbackOrigin(view(request[http::field::origin]));
            if (isPreflight && (!refused || refused->status == 401)) {
                answer = preflight(); // browsers send no credentials with it
                isWhole = parser.is_done();
            } else if (refused) {
                answer = refusal(destination.route, post.contentType, refused->status, refused->reason);
                tally.refused(refused->reason);
            } else if (parser.content_length() && *parser.content_length() > setup.limits.bodyBytes) {
                answer = refusal(destination.route, post.contentType, 413,
                                 "more than " + std::to_string(setup.limits.bodyBytes >> 20U) + " MB in one request");
                tally.refused("a body that is too large");
            } else {
                if (view(request[http::field::expect]) == "100-continue" && !parser.is_done())
                    co_await asio::async_write(stream, asio::buffer(continueText),
                                               asio::redirect_error(asio::use_awaitable, error));
                CountedBody body(bodiesBytes);
                answer = co_await readBody(connection, parser, body, setup.limits, bodiesBytes, destination.route);
                isWhole = !answer;
                if (answer)
                    answer->status == 429 ? tally.turnedAway(1, "more comes in than can be recorded")
                                          : tally.refused("a body that is cut off, too slow or too large");
                else
                    post.body = std::move(body.text);
            }
        }
        if (!answer) {
            const bool forwards = handlers.forward && isRecorded(destination.route);
            if (forwards)
                raw = rawPostOf(parser, post.body);
            stream.expires_never();
            // Awaited by itself: g++ 12 destroys the temporaries of an await inside ?: twice.
            if (isRecorded(destination.route))
                answer = co_await recorded(handlers, post, destination);
            else
                answer = standing(destination, post);
            if (answer->status == 429)
                tally.turnedAway(1, "more comes in than can be recorded");
            // What is asked to come again would be sent on twice.
            if (forwards && answer->status != 429 && answer->status != 503)
                handlers.forward(std::move(*raw));
        }
        connection.isKept = isWhole && !isStopping && parser.keep_alive();
        const bool isPreflightAnswer = answer->status == 204;
        auto response = responseOf(std::move(*answer), parser, connection.isKept);
        if (isPreflightAnswer)
            allowPreflight(response, parser);
        co_await write(connection, response, setup.limits.writeTime);
        if (!isWhole) {
            co_await drain(connection);
            break;
        }
    }
    Error ignored;
    stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
}

} // namespace plumbline::collector
