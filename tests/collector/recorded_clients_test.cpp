// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"
#include "support/places.h"
#include "support/truth.h"

#include <QDir>
#include <QJsonDocument>
#include <QRandomGenerator>

using namespace plumbline;
using namespace plumbline::test;

namespace {

struct Recorded
{
    std::string method, target;
    Headers headers;
    std::string body;
};

Headers headersOf(const QJsonObject& object)
{
    Headers headers;
    const QStringList framing = {QStringLiteral("host"), QStringLiteral("content-length"), QStringLiteral("connection"),
                                 QStringLiteral("transfer-encoding")};
    for (auto header = object.begin(); header != object.end(); ++header)
        if (!framing.contains(header.key().toLower()))
            headers.emplace_back(header.key().toStdString(), header.value().toString().toStdString());
    return headers;
}

QJsonObject objectIn(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// A folder of `NNN.meta.json` beside `NNN.body`.
std::vector<Recorded> requestsInFolder(const QString& folder)
{
    std::vector<Recorded> requests;
    for (const QString& name : QDir(folder).entryList({QStringLiteral("*.meta.json")}, QDir::Files, QDir::Name)) {
        const QJsonObject meta = objectIn(folder + '/' + name);
        QFile body(folder + '/' + name.left(3) + QStringLiteral(".body"));
        if (body.open(QIODevice::ReadOnly))
            requests.push_back({meta[QStringLiteral("method")].toString().toStdString(),
                                meta[QStringLiteral("path")].toString().toStdString(),
                                headersOf(meta[QStringLiteral("headers")].toObject()), body.readAll().toStdString()});
    }
    return requests;
}

/// A capture: one file with everything.
std::vector<Recorded> requestsInFile(const QString& path)
{
    std::vector<Recorded> requests;
    for (const QJsonValue& request : objectIn(path)[QStringLiteral("requests")].toArray())
        requests.push_back(
            {request[QStringLiteral("method")].toString().toStdString(),
             request[QStringLiteral("url")].toString().toStdString(),
             headersOf(request[QStringLiteral("headers")].toObject()),
             QByteArray::fromBase64(request[QStringLiteral("body_base64")].toString().toLatin1()).toStdString()});
    return requests;
}

} // namespace

/// What real SDKs sent, posted again in every way a network may do it: the workspace always says the truth.
class RecordedClientsTest : public QObject
{
    Q_OBJECT

private slots:
    void alwaysTheTruth_data();
    void alwaysTheTruth();
    void allAtOnceOnManyConnections();
};

void RecordedClientsTest::alwaysTheTruth_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("way");
    const QString base = test::sharedFolder() + QStringLiteral("/samples/");
    if (!QFile::exists(base))
        QSKIP("the shared samples are not here");
    QStringList paths;
    for (const QString& name : QDir(base + QStringLiteral("clients")).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        paths.append(base + QStringLiteral("clients/") + name);
    const QString captures = base + QStringLiteral("langsmith/wire_captures");
    for (const QString& name : QDir(captures).entryList({QStringLiteral("*.json")}, QDir::Files))
        if (objectIn(captures + '/' + name).contains(QStringLiteral("requests")))
            paths.append(captures + '/' + name);
    QVERIFY(paths.size() >= 15);
    for (const QString& path : paths)
        for (const char* way : {"as it is", "twice", "backwards", "chunked", "each twice, shuffled"})
            QTest::addRow("%s, %s", qPrintable(QFileInfo(path).fileName()), way) << path << QString::fromLatin1(way);
}

void RecordedClientsTest::alwaysTheTruth()
{
    QFETCH(QString, path);
    QFETCH(QString, way);
    const bool isFolder = QFileInfo(path).isDir();
    std::vector<Recorded> requests = isFolder ? requestsInFolder(path) : requestsInFile(path);
    QVERIFY(!requests.empty());
    if (way.contains(QStringLiteral("twice"))) {
        const std::vector<Recorded> again = requests;
        requests.insert(requests.end(), again.begin(), again.end());
    }
    if (way == QStringLiteral("backwards"))
        std::reverse(requests.begin(), requests.end());
    if (way.contains(QStringLiteral("shuffled"))) {
        QRandomGenerator generator(4318);
        std::shuffle(requests.begin(), requests.end(), generator);
    }

    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    const unsigned port = portOf(collector);
    HttpClient client(port);
    for (const Recorded& request : requests) {
        const HttpAnswer answer =
            way == QStringLiteral("chunked") && !request.body.empty()
                ? client.requestInChunks(request.method, request.target, request.headers, request.body)
                : client.request(request.method, request.target, request.headers, request.body);
        QVERIFY2(answer.status >= 200 && answer.status < 300,
                 (request.target + ": " + std::to_string(answer.status) + " " + answer.body).c_str());
        // Clients of Langfuse send everything again if there is one error in a 207.
        QVERIFY(answer.status != 207 || answer.body.ends_with("\"errors\":[]}"));
    }
    // What is answered is there, before the collector ends.
    const QJsonObject truth =
        isFolder
            ? objectIn(path + QStringLiteral("/truth.json"))
            : objectIn(QFileInfo(path).path() + QStringLiteral("/truth.json"))[QFileInfo(path).fileName()].toObject();
    QVERIFY(truth.contains(QStringLiteral("rows")));
    const QStringList wrong = differences(workspace, truth);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    QCOMPARE(collector.status().rejected, std::uint64_t{0});
}

void RecordedClientsTest::allAtOnceOnManyConnections()
{
    const QString base = test::sharedFolder() + QStringLiteral("/samples/clients/");
    if (!QFile::exists(base))
        QSKIP("the shared samples are not here");
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    const unsigned port = portOf(collector);
    // Requests of one client go out on connections of their own before any answer is read.
    const std::vector<Recorded> requests = requestsInFolder(base + QStringLiteral("langfuse3-sdk"));
    std::vector<HttpClient> clients;
    for (const Recorded& request : requests) {
        clients.emplace_back(port);
        std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost\r\n";
        for (const auto& [name, value] : request.headers)
            text += name + ": " + value + "\r\n";
        QVERIFY(clients.back().send(text + "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" +
                                    request.body.substr(0, request.body.size() / 2)));
    }
    for (std::size_t i = requests.size(); i-- > 0;)
        QVERIFY(clients[i].send(std::string_view(requests[i].body).substr(requests[i].body.size() / 2)));
    for (HttpClient& client : clients)
        QCOMPARE(client.answer().status, 207);
    const QStringList wrong = differences(workspace, objectIn(base + QStringLiteral("langfuse3-sdk/truth.json")));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
}

QTEST_GUILESS_MAIN(RecordedClientsTest)
#include "recorded_clients_test.moc"
