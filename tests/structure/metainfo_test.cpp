// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest>

#include "support/places.h"

/// The desktop's files agree with each other, with what is installed and with what the program calls itself.
class MetainfoTest : public QObject
{
    Q_OBJECT

private slots:
    void theLaunchableNamesTheInstalledDesktopFile();
    void theIconIsTheOneInstalled();
    void theProgramCallsItselfTheSame();
    void everyDocumentIsOfThisVersion();
};

namespace {

QString read(const QString& path)
{
    QFile file(plumbline::test::sourceFolder() + QLatin1Char('/') + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the rules of installation say, their own variables put in.
QString installRules()
{
    QString rules = read(QStringLiteral("resources/install.cmake"));
    static const QRegularExpression set(QStringLiteral("set\\((\\w+) ([^)\\s]+)\\)"));
    for (auto match = set.globalMatch(QString(rules)); match.hasNext();) {
        const auto variable = match.next();
        rules.replace(QStringLiteral("${%1}").arg(variable.captured(1)), variable.captured(2));
    }
    return rules;
}

QString firstMatch(const QString& text, const QString& pattern)
{
    return QRegularExpression(pattern, QRegularExpression::MultilineOption).match(text).captured(1);
}

struct Metainfo
{
    QString id;
    QString launchable;
    QString binary;
    QString newestRelease;
};

Metainfo metainfo()
{
    Metainfo found;
    QXmlStreamReader xml(read(QStringLiteral("resources/io.github.plumbline.Plumbline.metainfo.xml")));
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("id"))
            found.id = xml.readElementText();
        else if (xml.name() == QLatin1String("launchable"))
            found.launchable = xml.readElementText();
        else if (xml.name() == QLatin1String("binary"))
            found.binary = xml.readElementText();
        else if (xml.name() == QLatin1String("release") && found.newestRelease.isEmpty())
            found.newestRelease = xml.attributes().value(QLatin1String("version")).toString();
    }
    return xml.hasError() ? Metainfo() : found;
}

QString desktopFile()
{
    return read(QStringLiteral("resources/") + metainfo().launchable);
}

} // namespace

void MetainfoTest::theLaunchableNamesTheInstalledDesktopFile()
{
    const Metainfo info = metainfo();
    QVERIFY(!info.id.isEmpty());
    QCOMPARE(info.launchable, info.id + QStringLiteral(".desktop"));
    QVERIFY2(!desktopFile().isEmpty(), "the launchable is no file of ours");
    const QString rules = installRules();
    QVERIFY(rules.contains(QLatin1Char('/') + info.launchable));
    QVERIFY(rules.contains(QLatin1Char('/') + info.id + QStringLiteral(".metainfo.xml")));
    QCOMPARE(firstMatch(desktopFile(), QStringLiteral("^Exec=(\\S+)")), info.binary);
    QVERIFY(rules.contains(QStringLiteral("install(TARGETS ") + info.binary));
}

void MetainfoTest::theIconIsTheOneInstalled()
{
    const QString icon = firstMatch(desktopFile(), QStringLiteral("^Icon=(\\S+)$"));
    QCOMPARE(icon, metainfo().id);
    QVERIFY(!read(QStringLiteral("resources/icons/%1.svg").arg(icon)).isEmpty());
    QVERIFY(installRules().contains(QStringLiteral("/%1.svg").arg(icon)));
    QCOMPARE(firstMatch(read(QStringLiteral("app/window_start.cpp")),
                        QStringLiteral("setWindowIcon\\(QIcon::fromTheme\\(QStringLiteral\\(\"([^\"]+)\"")),
             icon);
}

void MetainfoTest::theProgramCallsItselfTheSame()
{
    QCOMPARE(firstMatch(read(QStringLiteral("app/window_start.cpp")),
                        QStringLiteral("setDesktopFileName\\(QStringLiteral\\(\"([^\"]+)\"")),
             metainfo().id);
}

void MetainfoTest::everyDocumentIsOfThisVersion()
{
    const QString version =
        firstMatch(read(QStringLiteral("CMakeLists.txt")), QStringLiteral("^project\\(plumbline VERSION (\\S+)"));
    QVERIFY(!version.isEmpty());
    QCOMPARE(metainfo().newestRelease, version);
    QCOMPARE(firstMatch(read(QStringLiteral("resources/plumbline.1")), QStringLiteral("^\\.TH .*\"Plumbline (\\S+)\"")),
             version);
    QCOMPARE(firstMatch(read(QStringLiteral("resources/changelog")), QStringLiteral("^plumbline \\(([^)]+)\\)")),
             version);
}

QTEST_APPLESS_MAIN(MetainfoTest)
#include "metainfo_test.moc"
