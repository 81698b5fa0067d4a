// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QtTest>

/// The desktop's files agree with each other and with the program.
class MetainfoTest : public QObject
{
    Q_OBJECT

private slots:
    void theLaunchableNamesTheInstalledDesktopFile();
};

void MetainfoTest::theLaunchableNamesTheInstalledDesktopFile()
{
    const QString top = QStringLiteral(PLUMBLINE_SOURCE_DIR "/");
    const QString id = QStringLiteral("io.github.plumbline.Plumbline");
    const auto read = [&](const QString& path) {
        QFile file(top + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    };
    const QString desktopName = id + QStringLiteral(".desktop");
    const QString desktop = read(QStringLiteral("resources/") + desktopName);
    QVERIFY(!desktop.isEmpty());
    QVERIFY(desktop.contains(QStringLiteral("Icon=") + id));
    QVERIFY(desktop.contains(QStringLiteral("Exec=plumbline")));
    QVERIFY(read(QStringLiteral("resources/") + id + QStringLiteral(".metainfo.xml"))
                .contains(QStringLiteral("<launchable type=\"desktop-id\">") + desktopName));
    QVERIFY(QFile::exists(top + QStringLiteral("resources/icons/") + id + QStringLiteral(".svg")));
    QVERIFY(read(QStringLiteral("app/window_start.cpp"))
                .contains(QStringLiteral("setDesktopFileName(QStringLiteral(\"") + id));
    QVERIFY(read(QStringLiteral("resources/install.cmake")).contains(desktopName));
}

QTEST_APPLESS_MAIN(MetainfoTest)
#include "metainfo_test.moc"
