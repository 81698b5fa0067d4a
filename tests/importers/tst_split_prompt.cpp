// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/split_lines.h"

using namespace plumbline;
using namespace plumbline::test;

class SplitPromptTest : public QObject
{
    Q_OBJECT

private slots:
    void openAiChatGivesToolsMessagesCallsAndResults()
    {
        const Lines lines = inputBlocks(R"({"model":"gpt-5","temperature":0,
            "tools":[{"type":"function","function":{"name":"get_order","parameters":{"type":"object"}}}],
            "functions":[{"name":"old_style","description":"x"}],
            "messages":[
                {"role":"system","content":"Be brief."},
                {"role":"developer","content":[{"type":"text","text":"No emoji."}]},
                {"role":"user","content":"Where is 4711?","name":"ann"},
                {"role":"assistant","content":null,"reasoning_content":"Look it up.",
                 "tool_calls":[{"id":"c1","type":"function","function":{"name":"get_order","arguments":"{'id':4711}"}}]},
                {"role":"tool","tool_call_id":"c1","content":"packed"},
                {"role":"assistant","content":"Packed.","function_call":{"name":"old_style","arguments":"{}"}},
                {"role":"function","name":"old_style","content":"done"}]})");
        QCOMPARE(lines, (Lines{
                            R"(- tool-definition get_order {"name":"get_order","parameters":{"type":"object"}})",
                            R"(- tool-definition old_style {"name":"old_style","description":"x"})",
                            "0 system text Be brief.",
                            "1 developer text No emoji.",
                            "2 user text Where is 4711?",
                            "3 assistant reasoning Look it up.",
                            R"(3 assistant tool-call get_order {"id":4711})",
                            "4 tool tool-result get_order packed",
                            "5 assistant text Packed.",
                            "5 assistant tool-call old_style {}",
                            "6 tool tool-result old_style done",
                        }));
    }

    void openAiContentPartsKeepTheirMessage()
    {
        QCOMPARE(inputBlocks(R"([{"role":"user","content":[{"type":"text","text":"What is this?"},
                     {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
                     {"type":"image_url","image_url":{"url":"example.com/a.png"}},
                     {"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}},
                     {"type":"file","file":{"file_id":"f1"}}]}])"),
                 (Lines{"0 user text What is this?",
                        R"(0 user media {"type":"image_url","image_url":{"url":"<image/png, 8 bytes>"}})",
                        R"(0 user media {"type":"image_url","image_url":{"url":"example.com/a.png"}})",
                        R"(0 user media {"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}})",
                        R"(0 user media {"type":"file","file":{"file_id":"f1"}})"}));
    }

    void openAiAnswersAreTheirChoices()
    {
        QCOMPARE(outputBlocks(R"({"id":"chatcmpl-1","object":"chat.completion","choices":[
                     {"index":0,"message":{"role":"assistant","content":null,"refusal":"No.","tool_calls":null}},
                     {"index":1,"message":{"role":"assistant","content":"Yes."}}],"usage":{"total_tokens":3}})"),
                 (Lines{"> 0 assistant text No.", "> 1 assistant text Yes."}));
        QCOMPARE(outputBlocks(R"({"choices":[{"text":"once upon","index":0}]})"),
                 (Lines{"> 0 assistant text once upon"}));
        QCOMPARE(outputBlocks(R"({"role":"assistant","content":"Hi"})"), (Lines{"> 0 assistant text Hi"}));
    }

    void openAiResponsesItemsAreMessagesCallsAndReasoning()
    {
        QCOMPARE(inputBlocks(R"({"model":"gpt-5","instructions":"Be kind.","input":[
                     {"role":"user","content":[{"type":"input_text","text":"Weather?"}]},
                     {"type":"reasoning","summary":[{"type":"summary_text","text":"Ask the tool."}],"encrypted_content":"x"},
                     {"type":"function_call","call_id":"c1","id":"fc_1","name":"weather","arguments":"{'city':'Tokyo'}"},
                     {"type":"function_call_output","call_id":"c1","output":"sunny"},
                     {"type":"item_reference","id":"msg_1"}],
                     "tools":[{"type":"function","name":"weather","parameters":{}},{"type":"web_search_preview"}]})"),
                 (Lines{R"(- tool-definition weather {"type":"function","name":"weather","parameters":{}})",
                        R"(- tool-definition web_search_preview {"type":"web_search_preview"})",
                        "0 system text Be kind.", "1 user text Weather?", "2 assistant reasoning Ask the tool.",
                        R"(2 assistant tool-call weather {"city":"Tokyo"})", "3 tool tool-result weather sunny"}));
        QCOMPARE(inputBlocks(R"({"model":"gpt-5","input":"Hi","instructions":"Be kind."})"),
                 (Lines{"0 system text Be kind.", "1 user text Hi"}));
    }

    void openAiResponsesAnswersGiveDocumentsOfASearch()
    {
        QCOMPARE(
            outputBlocks(R"({"id":"resp_1","object":"response","status":"completed","output":[
                     {"type":"file_search_call","id":"fs1","queries":["q"],"results":[{"file_id":"f1","score":0.5,"text":"found"}]},
                     {"type":"message","role":"assistant","content":[{"type":"output_text","text":"So.","annotations":[]}]}]})"),
            (Lines{R"(> 0 assistant tool-call file_search_call {"type":"file_search_call","id":"fs1","queries":["q"],)"
                   R"("results":[{"file_id":"f1","score":0.5,"text":"found"}]})",
                   "> 0 assistant document #f1 @0 found", "> 1 assistant text So."}));
    }

    void instructionsAndToolsThatAnAnswerRepeatsBelongToThePrompt()
    {
        constexpr auto answer = R"({"instructions":"Be kind.","tools":[{"type":"function","name":"t","parameters":{}}],
            "output":[{"type":"message","role":"assistant","content":"Hi"}]})";
        QCOMPARE(Splitting().input(R"("Hello")").output(answer).lines(),
                 (Lines{R"(- tool-definition t {"type":"function","name":"t","parameters":{}})",
                        "0 system text Be kind.", "1 user text Hello", "> 0 assistant text Hi"}));
        QCOMPARE(Splitting().input(R"({"instructions":"Own.","input":"Hello"})").output(answer).lines(),
                 (Lines{R"(- tool-definition t {"type":"function","name":"t","parameters":{}})", "0 system text Own.",
                        "1 user text Hello", "> 0 assistant text Hi"}));
    }

    void anthropicBlocksOfEachTypeAreTold()
    {
        QCOMPARE(
            inputBlocks(R"({"model":"claude-sonnet-5","max_tokens":9,
                     "system":[{"type":"text","text":"You are terse.","cache_control":{"type":"ephemeral"}}],
                     "tools":[{"name":"lookup","input_schema":{"type":"object"}}],
                     "messages":[
                        {"role":"user","content":[{"type":"text","text":"Read this"},
                            {"type":"document","title":"Terms","source":{"type":"text","media_type":"text/plain","data":"All sales final."}},
                            {"type":"document","source":{"type":"url","url":"example.com/a.pdf"}}]},
                        {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"s"},
                            {"type":"redacted_thinking","data":"abc"},
                            {"type":"tool_use","id":"t1","name":"lookup","input":{"id":1}},
                            {"type":"server_tool_use","id":"t2","name":"web_search","input":{"query":"x"}},
                            {"type":"web_search_tool_result","tool_use_id":"t2","content":[{"type":"web_search_result","url":"u"}]}]},
                        {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"found"},
                            {"type":"image","source":{"type":"url","url":"v"}}]},{"type":"text","text":"Go on"}]}]})"),
            (Lines{R"(- tool-definition lookup {"name":"lookup","input_schema":{"type":"object"}})",
                   "0 system text You are terse.", "1 user text Read this",
                   "1 user document #Terms @0 All sales final.",
                   R"(1 user media {"type":"document","source":{"type":"url","url":"example.com/a.pdf"}})",
                   "2 assistant reasoning Hm.", R"(2 assistant reasoning {"type":"redacted_thinking","data":"abc"})",
                   R"(2 assistant tool-call lookup {"id":1})", R"(2 assistant tool-call web_search {"query":"x"})",
                   R"(2 tool tool-result web_search [{"type":"web_search_result","url":"u"}])",
                   "3 tool tool-result lookup found",
                   R"(3 tool media lookup {"type":"image","source":{"type":"url","url":"v"}})", "3 user text Go on"}));
    }

    void anthropicAnswersAreMessages()
    {
        QCOMPARE(outputBlocks(R"({"id":"msg_1","type":"message","role":"assistant","model":"claude",
                     "content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"})"),
                 (Lines{"> 0 assistant text Hi"}));
    }

    void geminiPartsAreNamedByTheirKeys()
    {
        QCOMPARE(
            inputBlocks(R"({"model":"gemini-3-pro","systemInstruction":{"parts":[{"text":"Be exact."}]},
                     "tools":[{"functionDeclarations":[{"name":"sum","parameters":{}},{"name":"mul"}]},{"googleSearch":{}}],
                     "contents":[
                        {"role":"user","parts":[{"text":"Add"},{"inlineData":{"mimeType":"image/png","data":"iVBO"}}]},
                        {"role":"model","parts":[{"text":"Think.","thought":true},{"functionCall":{"name":"sum","args":{"a":1}},"thoughtSignature":"s"}]},
                        {"role":"user","parts":[{"functionResponse":{"name":"sum","response":{"r":2}}}]}]})"),
            (Lines{R"(- tool-definition sum {"name":"sum","parameters":{}})", R"(- tool-definition mul {"name":"mul"})",
                   R"(- tool-definition googleSearch {"googleSearch":{}})", "0 system text Be exact.",
                   "1 user text Add", R"(1 user media {"inlineData":{"mimeType":"image/png","data":"iVBO"}})",
                   "2 assistant reasoning Think.", R"(2 assistant tool-call sum {"a":1})",
                   R"(3 tool tool-result sum {"r":2})"}));
        QCOMPARE(inputBlocks(R"({"model":"gemini","contents":"What is it?"})"), (Lines{"0 user text What is it?"}));
    }

    void geminiInPythonSpellsWithUnderscoresAndNulls()
    {
        QCOMPARE(outputBlocks(R"({"sdk_http_response":{},"candidates":[{"content":{"role":"model","parts":[
                     {"text":"Hi","thought":null,"function_call":null,"inline_data":null},
                     {"function_call":{"id":null,"name":"sum","args":{"a":1}},"text":null},
                     {"executable_code":{"code":"1+1","language":"PYTHON"}},
                     {"code_execution_result":{"output":"2"}}]},"finish_reason":"STOP"}]})"),
                 (Lines{"> 0 assistant text Hi", R"(> 0 assistant tool-call sum {"a":1})",
                        R"(> 0 assistant tool-call code_execution {"code":"1+1","language":"PYTHON"})",
                        R"(> 0 tool tool-result code_execution {"output":"2"})"}));
    }

    void membersThatAreNullAreNotThere()
    {
        QCOMPARE(inputBlocks(R"([{"type":"reasoning","content":null,"summary":[{"type":"summary_text","text":"Hm."}]},
                     {"role":"tool","tool_name":null,"name":"f","content":"r"}])"),
                 (Lines{"0 assistant reasoning Hm.", "1 tool tool-result f r"}));
        QCOMPARE(inputBlocks(R"({"model":"gemini","system_instruction":"Be exact.","contents":"x"})"),
                 (Lines{"0 system text Be exact.", "1 user text x"}));
    }

    void bedrockConverseIsSplit()
    {
        const auto splitting =
            Splitting()
                .input(R"({"system":[{"text":"Be brief."},{"cachePoint":{"type":"default"}}],
                     "toolConfig":{"tools":[{"toolSpec":{"name":"top_song","inputSchema":{"json":{"type":"object"}}}},{"cachePoint":{"type":"default"}}]},
                     "messages":[
                        {"role":"user","content":[{"text":"Song?"},{"image":{"format":"png","source":{"bytes":"iVBO"}}}]},
                        {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"s"}}},
                            {"toolUse":{"toolUseId":"t1","name":"top_song","input":{"sign":"WZPZ"}}}]},
                        {"role":"user","content":[{"toolResult":{"toolUseId":"t1","content":[{"json":{"song":"Elemental"}},{"text":"end"}]}}]}]})")
                .output(R"({"output":{"message":{"role":"assistant","content":[{"text":"Elemental."}]}},
                                               "stopReason":"end_turn","usage":{"inputTokens":1}})")
                .lines();
        QCOMPARE(splitting,
                 (Lines{R"(- tool-definition top_song {"name":"top_song","inputSchema":{"json":{"type":"object"}}})",
                        "0 system text Be brief.", "1 user text Song?",
                        R"(1 user media {"image":{"format":"png","source":{"bytes":"iVBO"}}})",
                        "2 assistant reasoning Hm.", R"(2 assistant tool-call top_song {"sign":"WZPZ"})",
                        R"(3 tool tool-result top_song {"song":"Elemental"})", "3 tool tool-result top_song end",
                        "> 0 assistant text Elemental."}));
    }

    void langChainConstructorsAreUnpackedAndTheirCallsToldOnce()
    {
        QCOMPARE(inputBlocks(R"({"messages":[[
                     {"lc":1,"type":"constructor","id":["langchain","schema","messages","SystemMessage"],"kwargs":{"content":"Be brief.","type":"system"}},
                     {"lc":1,"type":"constructor","id":["langchain_core","messages","HumanMessage"],"kwargs":{"content":"Where?"}},
                     {"lc":1,"type":"constructor","id":["langchain_core","messages","ToolMessage"],"kwargs":{"content":"here","tool_call_id":"x","name":"find"}}]]})"),
                 (Lines{"0 system text Be brief.", "1 user text Where?", "2 tool tool-result find here"}));
        QCOMPARE(
            outputBlocks(
                R"({"generations":[[{"text":"Let me","message":{"lc":1,"type":"constructor","id":["a","AIMessageChunk"],
                     "kwargs":{"content":[{"type":"text","text":"Let me"},{"type":"tool_use","id":"t1","name":"find","input":{"id":1}}],
                     "tool_calls":[{"name":"find","args":{"id":1},"id":"t1","type":"tool_call"}],
                     "additional_kwargs":{"tool_calls":[{"id":"t1","function":{"name":"find","arguments":"{'id':1}"}}]}}}}]],"llm_output":{}})"),
            (Lines{"> 0 assistant text Let me", R"(> 0 assistant tool-call find {"id":1})"}));
    }

    void langChainFlatMessagesNameTheirRoleInType()
    {
        QCOMPARE(inputBlocks(R"([{"type":"human","content":"Hi","additional_kwargs":{},"id":null},
                     {"type":"ai","data":{"content":"","additional_kwargs":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]}}},
                     {"type":"tool","content":"r","tool_call_id":"c"},["system","Be brief."],["human","Go"]])"),
                 (Lines{"0 user text Hi", "1 assistant tool-call f {}", "2 tool tool-result f r",
                        "3 system text Be brief.", "4 user text Go"}));
        QCOMPARE(outputBlocks(R"({"generations":[[{"text":"plain","generation_info":null}]]})"),
                 (Lines{"> 0 assistant text plain"}));
        QCOMPARE(inputBlocks(R"({"prompts":["one","two"]})"), (Lines{"0 user text one", "1 user text two"}));
    }

    void openTelemetryPartsAreSplit()
    {
        const auto lines =
            Splitting()
                .system(R"([{"type":"text","content":"Be brief."}])")
                .input(R"([{"role":"user","parts":[{"type":"text","content":"Weather?"},
                                      {"type":"blob","modality":"image","mime_type":"image/png","content":"iVBO"},
                                      {"type":"uri","modality":"image","uri":"example.com/a.png"}]},
                                   {"role":"assistant","parts":[{"type":"reasoning","content":"Hm."},
                                      {"type":"tool_call","id":["run","c1"],"name":"weather","arguments":{"city":"Tokyo"}}]},
                                   {"role":"tool","parts":[{"type":"tool_call_response","id":["run","c1"],"response":"sunny"}]}])")
                .output(R"([{"role":"assistant","parts":[{"type":"text","content":"Sunny."}],"finish_reason":"stop"}])")
                .lines();
        QCOMPARE(lines,
                 (Lines{"0 system text Be brief.", "1 user text Weather?",
                        R"(1 user media {"type":"blob","modality":"image","mime_type":"image/png","content":"iVBO"})",
                        R"(1 user media {"type":"uri","modality":"image","uri":"example.com/a.png"})",
                        "2 assistant reasoning Hm.", R"(2 assistant tool-call weather {"city":"Tokyo"})",
                        "3 tool tool-result weather sunny", "> 0 assistant text Sunny."}));
        QCOMPARE(inputBlocks(R"([{"role":"tool","parts":[{"type":"tool_call_response","id":"x","result":{"a":1}}]}])"),
                 (Lines{R"(0 tool tool-result {"a":1})"}));
    }

    void aiSdkPartsAreSplit()
    {
        QCOMPARE(
            inputBlocks(
                R"([{"role":"user","content":[{"type":"text","text":"Weather?"},{"type":"file","mediaType":"text/csv","data":"YQ=="}]},
                     {"role":"assistant","content":[{"type":"reasoning","text":"Hm."},{"type":"tool-call","toolCallId":"c1","toolName":"weather","input":{"city":"SF"}}]},
                     {"role":"tool","content":[{"type":"tool-result","toolCallId":"c1","toolName":"weather","output":{"type":"json","value":{"t":64}}}]},
                     {"role":"tool","content":[{"type":"tool-result","toolCallId":"c1","result":"old style"}]}])"),
            (Lines{"0 user text Weather?", R"(0 user media {"type":"file","mediaType":"text/csv","data":"YQ=="})",
                   "1 assistant reasoning Hm.", R"(1 assistant tool-call weather {"city":"SF"})",
                   R"(2 tool tool-result weather {"t":64})", "3 tool tool-result weather old style"}));
        QCOMPARE(outputBlocks(R"([{"toolCallId":"c1","toolName":"weather","input":"{'city':'SF'}"}])"),
                 (Lines{R"(> 0 assistant tool-call weather {"city":"SF"})"}));
        QCOMPARE(inputBlocks(R"({"system":"Be brief.","prompt":"Weather?"})"),
                 (Lines{"0 system text Be brief.", "1 user text Weather?"}));
    }

    void bareTextsHaveTheSpeakerOfTheirSide()
    {
        QCOMPARE(Splitting().input(R"("Hello")").output(R"("Hi")").lines(),
                 (Lines{"0 user text Hello", "> 0 assistant text Hi"}));
        QCOMPARE(inputBlocks(R"(["one","two"])"), (Lines{"0 user text one", "1 user text two"}));
        for (const char* key : {"prompt", "input", "question", "text"})
            QCOMPARE(inputBlocks(std::string("{\"") + key + "\":\"Hello\"}"), (Lines{"0 user text Hello"}));
        for (const char* key : {"completion", "answer", "output", "text", "response"})
            QCOMPARE(outputBlocks(std::string("{\"") + key + "\":\"Hi\"}"), (Lines{"> 0 assistant text Hi"}));
        QCOMPARE(inputBlocks(R"(["role=\u0027system\u0027 content=\u0027Be brief.\u0027"])"),
                 (Lines{"0 system text role='system' content='Be brief.'"}));
    }

    void jsonInAStringIsSplitWhereItsShapeIsKnown()
    {
        constexpr std::string_view messages = R"([ {"role":"user","content":"Hi"} ])";
        QCOMPARE(inputBlocks(asString(messages)), (Lines{"0 user text Hi"}));
        QCOMPARE(inputBlocks(asString(asString(messages))), (Lines{"0 user text Hi"}));
        QCOMPARE(outputBlocks(asString(asString("Sure."))), (Lines{"> 0 assistant text Sure."}));
        QCOMPARE(inputBlocks(asString(R"({ "order": 1 })")), (Lines{R"(0 unknown text { "order": 1 })"}));
        QCOMPARE(inputBlocks(R"("{\u0027query\u0027: 1}")"), (Lines{"0 user text {'query': 1}"}));
        QCOMPARE(inputBlocks(asString("[sic] not JSON]")), (Lines{"0 user text [sic] not JSON]"}));
        QCOMPARE(inputBlocks(R"([{"role":"user","content":"[{'type':'text','text':'part'}]"}])"),
                 (Lines{"0 user text part"}));
        QCOMPARE(inputBlocks(R"([{"role":"user","content":"[{'type':'ticket'}]"}])"),
                 (Lines{R"(0 user text [{"type":"ticket"}])"}));
    }

    void langfuseDefinitionsEqualThoseOfTheRequest()
    {
        constexpr auto langfuse = R"({"get_order":"{'description': 'Look up', 'parameters': '{`type`: `object`}'}"})";
        const QString line =
            R"(- tool-definition get_order {"name":"get_order","description":"Look up","parameters":{"type":"object"}})";
        QCOMPARE(Splitting().input(R"("Hi")").definitions(langfuse).lines(), (Lines{line, "0 user text Hi"}));
        QCOMPARE(Splitting()
                     .input(R"({"messages":[],"tools":[{"type":"function","function":
                            {"name":"get_order","description":"Look up","parameters":{"type":"object"}}}],"prompt":"Hi"})")
                     .definitions(langfuse)
                     .lines(),
                 (Lines{line, "0 user text Hi"}));
        QCOMPARE(Splitting().definitions(R"(["{'type':'function','name':'a'}"])").lines(),
                 (Lines{R"(- tool-definition a {"type":"function","name":"a"})"}));
    }

    void langfuseCallsAreAddedOnlyWhereTheAnswerShowsNone()
    {
        constexpr auto calls = R"(["{'id':'c1','arguments':'{`a`:1}','type':'function'}","not JSON"])";
        QCOMPARE(Splitting().output(R"("Hi")").calls(calls, R"(["f","g"])").lines(),
                 (Lines{"> 0 assistant text Hi", R"(> 1 assistant tool-call f {"a":1})",
                        "> 1 assistant tool-call g not JSON"}));
        QCOMPARE(Splitting()
                     .output(R"({"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]})")
                     .calls(calls, R"(["f"])")
                     .lines(),
                 (Lines{"> 0 assistant tool-call f {}"}));
    }

    void toolsShownAsMessagesAreDefinitions()
    {
        QCOMPARE(inputBlocks(R"([{"role":"user","content":"Hi"},
                     {"role":"tool","content":{"type":"function","function":{"name":"search","parameters":{}}}}])"),
                 (Lines{R"(- tool-definition search {"name":"search","parameters":{}})", "0 user text Hi"}));
    }

    void retrieversReturnDocumentsWithIdAndRank()
    {
        QCOMPARE(outputBlocks(R"([{"id":"doc-12","score":0.83,"text":"one"},{"id":7,"score":0.5,"text":"two"}])"),
                 (Lines{"> 0 unknown document #doc-12 @0 one", "> 0 unknown document #7 @1 two"}));
        QCOMPARE(outputBlocks(R"({"documents":[{"page_content":"one","metadata":{"source":"kb/a.md"},"type":"Document"},
                                               {"pageContent":"two","metadata":{},"id":"x"}]})"),
                 (Lines{"> 0 unknown document #kb/a.md @0 one", "> 0 unknown document #x @1 two"}));
        QCOMPARE(
            outputBlocks(
                R"([{"lc":1,"type":"constructor","id":["langchain","Document"],"kwargs":{"page_content":"one","metadata":{"source":"s"}}}])"),
            (Lines{"> 0 unknown document #s @0 one"}));
        QCOMPARE(outputBlocks(R"({"matches":[{"id":"m","score":1,"metadata":{"text":"one"}}]})"),
                 (Lines{"> 0 unknown document #m @0 one"}));
        QCOMPARE(outputBlocks(R"([{"node":{"id_":"n","text":"one"},"score":0.1}])"),
                 (Lines{"> 0 unknown document #n @0 one"}));
        QCOMPARE(inputBlocks(R"({"query":"q","documents":[{"content":"one","metadata":{}}]})"),
                 (Lines{"0 user text q", "1 unknown document # @0 one"}));
    }

    void unknownObjectsStayWholeAsCompactJson()
    {
        QCOMPARE(inputBlocks(R"({ "order_id": 4711, "tags": [ 1.5, true, null ] })"),
                 (Lines{R"(0 unknown text {"order_id":4711,"tags":[1.5,true,null]})"}));
        QCOMPARE(inputBlocks(R"({"question":"Q","context":"long"})"),
                 (Lines{R"(0 unknown text {"question":"Q","context":"long"})"}));
        QCOMPARE(inputBlocks("[1,2]"), (Lines{"0 unknown text [1,2]"}));
        QCOMPARE(outputBlocks(R"({"status":"packed"})"), (Lines{R"(> 0 assistant text {"status":"packed"})"}));
        QCOMPARE(inputBlocks(R"([{"role":"user","content":[{"type":"hologram","x":1}]}])"),
                 (Lines{R"(0 user text [{"type":"hologram","x":1}])"}));
        QCOMPARE(inputBlocks("null") + inputBlocks("{}") + inputBlocks("[]") + inputBlocks("\"\""), Lines());
    }

    void payloadsAreLeftOutOfTexts()
    {
        const std::string base64 = repeated("QUJD", 100);
        const auto holding = [&base64](std::string record) {
            return record.replace(record.find("PAYLOAD"), 7, base64);
        };
        QCOMPARE(
            inputBlocks(holding(
                R"([{"role":"user","content":[{"type":"image","source":{"media_type":"image/jpeg","data":"PAYLOAD"}}]}])")),
            (Lines{
                R"(0 user media {"type":"image","source":{"media_type":"image/jpeg","data":"<image/jpeg, 300 bytes>"}})"}));
        QCOMPARE(inputBlocks(asString("data:audio/wav;base64," + base64)),
                 (Lines{"0 user media <audio/wav, 300 bytes>"}));
        QCOMPARE(
            inputBlocks(holding(R"({"thing":{"data":"PAYLOAD","embedding":[1,2,3]}})")),
            (Lines{R"(0 unknown text {"thing":{"data":"<binary, 300 bytes>","embedding":"<vector, 3 numbers>"}})"}));
        // A text may be one long word.
        QCOMPARE(inputBlocks(holding(R"([{"role":"tool","name":"f","content":"PAYLOAD"}])")),
                 (Lines{QString::fromStdString("0 tool tool-result f " + base64)}));
    }

    void marksOfTruncationAreSeen()
    {
        const auto sees = [](std::string_view text) { return Splitting().input(asString(text)).sawTruncation(); };
        QVERIFY(sees("<truncated due to size exceeding limit>"));
        QVERIFY(sees("[{\"role\":\"user...[truncated]"));
        QVERIFY(Splitting().output(R"({"thing":"<truncated due to size exceeding limit>"})").sawTruncation());
        QVERIFY(
            !sees("The mark is ...[truncated] as a rule, and one can write about it at length [without being cut]"));
    }

    void deepNestingEndsInOneText()
    {
        const auto nested = [](std::string_view before, std::string_view middle, std::string_view after) {
            std::string json;
            for (int i = 0; i < 300; ++i)
                json += before;
            json += middle;
            for (int i = 0; i < 300; ++i)
                json += after;
            return json;
        };
        const Lines requests = inputBlocks(nested(R"({"input":)", R"([{"role":"user","content":"x"}])", "}"));
        QCOMPARE(requests.size(), 1);
        QVERIFY(requests[0].startsWith(QStringLiteral(R"(0 unknown text {"input":{"input":)")));
        const Lines lists = inputBlocks(nested("[", R"({"role":"user","content":"x"})", "]"));
        QCOMPARE(lists.size(), 1);
        QVERIFY(lists[0].startsWith(QStringLiteral("0 unknown text [[[")));
        const Lines results = inputBlocks(R"([{"role":"user","content":)" +
                                          nested(R"([{"type":"tool_result","content":)", R"("x")", "}]") + "}]");
        QCOMPARE(results.size(), 1);
        QVERIFY(results[0].startsWith(QStringLiteral(R"(0 tool tool-result {"type":"tool_result","content":)")));
    }

    void messagesBeyond65535ShareTheLastNumber()
    {
        std::string many = "[";
        for (int i = 0; i < 65'537; ++i)
            many += R"("x",)";
        many += R"("last"])";
        QCOMPARE(inputBlocks(many).last(), QStringLiteral("65535 user text last"));
    }

    void oddShapesLoseNothingAndBreakNothing()
    {
        QCOMPARE(
            inputBlocks(R"([null,{"role":"user"},{"role":7,"content":"x"},{"role":"user","content":5},true])"),
            (Lines{
                R"(0 unknown text [null,{"role":"user"},{"role":7,"content":"x"},{"role":"user","content":5},true])"}));
        QCOMPARE(inputBlocks(R"([{"role":"assistant","content":"a","tool_calls":"not JSON","function_call":"auto"}])"),
                 (Lines{"0 assistant text a"}));
        QCOMPARE(
            inputBlocks(
                R"([{"role":"assistant","tool_calls":[{"function":"f"},7,null,{"id":{},"function":{"arguments":null}}]}])"),
            (Lines{"0 assistant tool-call ", "0 assistant tool-call "}));
        QCOMPARE(inputBlocks(R"({"role":"Software developer","goal":"Write"})"),
                 (Lines{R"(0 unknown text {"role":"Software developer","goal":"Write"})"}));
        QCOMPARE(inputBlocks(R"({"tools":[7,"x",{}],"messages":[{"role":"user","content":"a"}]})"),
                 (Lines{"- tool-definition {}", "0 user text a"}));
    }

    void aMemberOfTheWrongTypeCostsNoOtherMessage()
    {
        // Each @ is one member's value; all but one of them are put right.
        constexpr std::string_view prompt = R"({"tools":@,"messages":[{"role":@,"content":@},
            {"role":"assistant","content":@,"tool_calls":@},{"role":"assistant","tool_calls":[{"id":@,"function":@}]},
            {"role":"tool","tool_call_id":@,"content":@},{"role":"user","content":"last"}]})";
        const std::string_view right[] = {R"([{"name":"f","input_schema":{}}])",
                                          R"("user")",
                                          R"([{"type":"text","text":"x"}])",
                                          "null",
                                          "[]",
                                          R"("1")",
                                          R"({"name":"f","arguments":{}})",
                                          R"("1")",
                                          R"("r")"};
        const std::string_view wrong[] = {"null", "7",    "true",   R"("s")",  "[]",       "{}",
                                          "[[]]", "[{}]", "[null]", R"("{}")", R"("[[]]")"};
        for (std::size_t damaged = 0; damaged < std::size(right); ++damaged) {
            for (const std::string_view value : wrong) {
                std::string record;
                std::size_t member = 0;
                for (const char c : prompt) {
                    if (c == '@')
                        record += member == damaged ? value : right[member];
                    else
                        record.push_back(c);
                    member += c == '@';
                }
                const Lines lines = inputBlocks(record);
                QVERIFY2(lines.contains(QStringLiteral("4 user text last")), record.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(SplitPromptTest)

#include "tst_split_prompt.moc"
