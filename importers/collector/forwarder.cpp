// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/forwarder.h"

#include <utility> // asio 1.74 forgets it

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <charconv>
#include <deque>
#include <optional>
#include <thread>

namespace plumbline::collector {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using namespace std::chrono_literals;
using Error = boost::system::error_code;
using Request = http::request<http::string_body>;

constexpr std::size_t mostWaitingBytes = std::size_t{24} << 20;
constexpr int workers = 4;
constexpr int attempts = 3;
constexpr auto firstPause = 500ms;
constexpr auto exchangeTime = 30s;
constexpr auto farewellTime = 3s;
constexpr std::size_t mostAnswerBytes = std::size_t{4} << 20;

struct Address
{
    bool isSecure = false;
    std::string host, port, path;

    /// As a request names it: `[::1]:4000`.
    std::string authority() const
    {
        const std::string name = host.find(':') == std::string::npos ? host : '[' + host + ']';
        return port == (isSecure ? "443" : "80") ? name : name + ':' + port;
    }
};

Result<Address> addressOf(const std::string& url)
{
    const auto wrong = [&] {
        return fail(ErrorKind::Usage, "'" + url + "' is no address to send on to, such as https://cloud.langfuse.com");
    };
    Address address;
    std::string_view rest = url;
    if (rest.starts_with("https://"))
        address.isSecure = true;
    else if (!rest.starts_with("http://"))
        return wrong();
    rest.remove_prefix(address.isSecure ? 8 : 7);
    const std::size_t slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    address.path = slash == std::string_view::npos ? "" : rest.substr(slash);
    while (address.path.ends_with('/'))
        address.path.pop_back();
    address.port = address.isSecure ? "443" : "80";
    const std::size_t bracket = authority.rfind(']');
    const std::size_t colon = authority.rfind(':');
    if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
        address.port = authority.substr(colon + 1);
        authority = authority.substr(0, colon);
        std::uint16_t number = 0;
        const auto [end, error] =
            std::from_chars(address.port.data(), address.port.data() + address.port.size(), number);
        if (error != std::errc() || end != address.port.data() + address.port.size())
            return wrong();
    }
    if (authority.starts_with('[') && authority.ends_with(']'))
        authority = authority.substr(1, authority.size() - 2);
    address.host = authority;
    if (address.host.empty() || address.host.find_first_of("@?# ") != std::string::npos ||
        address.path.find_first_of("?# \r\n") != std::string::npos)
        return wrong();
    return address;
}

/// Belongs to one connection, or is said anew.
bool isOfTheHop(std::string_view name)
{
    for (const std::string_view known :
         {"host", "connection", "content-length", "transfer-encoding", "expect", "keep-alive", "te", "trailer",
          "upgrade", "proxy-authorization", "proxy-connection"})
        if (beast::iequals(beast::string_view(name.data(), name.size()),
                           beast::string_view(known.data(), known.size())))
            return true;
    return false;
}

} // namespace

struct Forwarder::State
{
    State(Address to, Tally& countedBy) : address(std::move(to)), tally(countedBy), news(context), farewell(context)
    {
        secure.set_default_verify_paths();
        secure.set_verify_mode(asio::ssl::verify_peer);
        news.expires_at(asio::steady_timer::time_point::max());
    }

    const Address address;
    Tally& tally;
    asio::io_context context{1};
    asio::ssl::context secure{asio::ssl::context::tls_client};
    asio::steady_timer news, farewell; ///< `news` is cancelled when something comes
    // On the context's thread:
    std::deque<RawPost> waiting;
    std::size_t waitingBytes = 0;
    std::size_t atWork = 0;
    bool isEnding = false;
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    std::thread thread;

    Request requestOf(const RawPost& post) const;
    asio::awaitable<void> work();
    /// The status, or nothing where no answer came.
    asio::awaitable<std::optional<unsigned>> exchange(std::unique_ptr<beast::ssl_stream<beast::tcp_stream>>& stream,
                                                      const Request& request, std::string& trouble);
    asio::awaitable<Error> connect(beast::ssl_stream<beast::tcp_stream>& stream);
    asio::awaitable<void> deliver(std::unique_ptr<beast::ssl_stream<beast::tcp_stream>>& stream, RawPost post);
};

Request Forwarder::State::requestOf(const RawPost& post) const
{
    Request request;
    request.method_string(post.method);
    request.target(address.path + (post.target.starts_with('/') ? "" : "/") + post.target);
    request.version(11);
    for (const auto& [name, value] : post.headers)
        if (!isOfTheHop(name))
            request.insert(name, value);
    request.set(http::field::host, address.authority());
    request.body() = post.body;
    request.prepare_payload();
    return request;
}

asio::awaitable<Error> Forwarder::State::connect(beast::ssl_stream<beast::tcp_stream>& stream)
{
    Error error;
    tcp::resolver resolver(context);
    const auto found =
        co_await resolver.async_resolve(address.host, address.port, asio::redirect_error(asio::use_awaitable, error));
    if (error)
        co_return error;
    beast::tcp_stream& plain = beast::get_lowest_layer(stream);
    plain.expires_after(exchangeTime);
    co_await plain.async_connect(found, asio::redirect_error(asio::use_awaitable, error));
    if (error || !address.isSecure)
        co_return error;
    SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification(address.host));
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<std::optional<unsigned>>
Forwarder::State::exchange(std::unique_ptr<beast::ssl_stream<beast::tcp_stream>>& stream, const Request& request,
                           std::string& trouble)
{
    Error error;
    const bool isFresh = !stream;
    if (isFresh) {
        stream = std::make_unique<beast::ssl_stream<beast::tcp_stream>>(context, secure);
        error = co_await connect(*stream);
    }
    http::response_parser<http::string_body> parser;
    parser.body_limit(mostAnswerBytes);
    beast::flat_buffer buffer;
    if (!error) {
        beast::get_lowest_layer(*stream).expires_after(exchangeTime);
        if (address.isSecure)
            co_await http::async_write(*stream, request, asio::redirect_error(asio::use_awaitable, error));
        else
            co_await http::async_write(stream->next_layer(), request, asio::redirect_error(asio::use_awaitable, error));
    }
    if (!error) {
        if (address.isSecure)
            co_await http::async_read(*stream, buffer, parser, asio::redirect_error(asio::use_awaitable, error));
        else
            co_await http::async_read(stream->next_layer(), buffer, parser,
                                      asio::redirect_error(asio::use_awaitable, error));
    }
    if (error) {
        stream.reset();
        trouble = error.message();
        co_return std::nullopt;
    }
    if (!parser.get().keep_alive())
        stream.reset();
    co_return parser.get().result_int();
}

asio::awaitable<void> Forwarder::State::deliver(std::unique_ptr<beast::ssl_stream<beast::tcp_stream>>& stream,
                                                RawPost post)
{
    const Request request = requestOf(post);
    std::string trouble;
    auto pause = firstPause;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const bool wasOpen = static_cast<bool>(stream);
        auto status = co_await exchange(stream, request, trouble);
        // A connection kept open may have been closed by the other side long ago.
        if (!status && wasOpen)
            status = co_await exchange(stream, request, trouble);
        if (status && *status < 300) {
            tally.forwarded();
            co_return;
        }
        if (status)
            trouble = "it answers " + std::to_string(*status);
        if ((status && *status != 408 && *status != 429 && *status < 500) || isEnding)
            break;
        asio::steady_timer timer(context, pause);
        Error ignored;
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        pause *= 2;
    }
    tally.notForwarded("not sent on to " + address.host + ": " + trouble);
}

asio::awaitable<void> Forwarder::State::work()
{
    std::unique_ptr<beast::ssl_stream<beast::tcp_stream>> stream;
    for (;;) {
        if (waiting.empty()) {
            if (isEnding)
                break;
            Error ignored;
            co_await news.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            continue;
        }
        RawPost post = std::move(waiting.front());
        waiting.pop_front();
        waitingBytes -= post.body.size();
        co_await deliver(stream, std::move(post));
    }
    if (--atWork == 0)
        farewell.cancel();
}

Forwarder::Forwarder(std::unique_ptr<State> state) : m_state(std::move(state)) {}

Result<std::unique_ptr<Forwarder>> Forwarder::to(const std::string& url, Tally& tally)
{
    auto state = std::make_unique<State>(TRY(addressOf(url)), tally);
    State& running = *state;
    running.atWork = workers;
    for (int i = 0; i < workers; ++i)
        asio::co_spawn(running.context, running.work(), asio::detached);
    running.thread = std::thread([&running] { running.context.run(); });
    return std::unique_ptr<Forwarder>(new Forwarder(std::move(state)));
}

Forwarder::~Forwarder()
{
    State& state = *m_state;
    asio::post(state.context, [&state] {
        state.isEnding = true;
        state.farewell.expires_after(farewellTime);
        state.farewell.async_wait([&state](const Error&) {
            for (std::size_t i = 0; i < state.waiting.size(); ++i)
                state.tally.notForwarded("not sent on to " + state.address.host + ": the collector ended");
            state.context.stop();
        });
        state.news.cancel();
    });
    state.thread.join();
}

void Forwarder::send(RawPost&& post)
{
    asio::post(m_state->context, [&state = *m_state, post = std::move(post)]() mutable {
        state.waitingBytes += post.body.size();
        state.waiting.push_back(std::move(post));
        while (state.waitingBytes > mostWaitingBytes && state.waiting.size() > 1) {
            state.waitingBytes -= state.waiting.front().body.size();
            state.waiting.pop_front();
            state.tally.notForwarded("not sent on to " + state.address.host + ": it takes too long");
        }
        state.news.cancel();
    });
}

} // namespace plumbline::collector
