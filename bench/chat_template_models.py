"""Writes chat templates in the manner of those that models are published with, each over several conversations.

    python bench/chat_template_models.py > src/test/resources/chat/models.jsonl

The templates are written for these tests: they use the constructs of the published ones (tools, reasoning, documents,
alternation checks, dates), not their words. chat_template_golden.environment renders them.
"""

import json
import sys

from chat_template_golden import environment

TOOLS = [
    {"type": "function", "function": {"name": "get_weather", "description": "Weather of a city — today's", "parameters": {"type": "object", "properties": {"city": {"type": "string", "description": "Name"}, "days": {"type": ["integer", "null"], "enum": [1, 2], "default": 1}, "tags": {"type": "array", "items": {"type": "string"}}}, "required": ["city"]}, "return": {"type": "object"}}},
    {"type": "function", "function": {"name": "add", "description": "Adds <two> & more", "parameters": {"type": "object", "properties": {}}}},
]
USER = {"role": "user", "content": "What's it like in Zürich?"}
SYSTEM = {"role": "system", "content": "Be brief.\n\nAnswer in English. /no_think"}
ANSWER = {"role": "assistant", "content": "<think>\nHm, \"weather\".\n</think>\n\nSunny, 21.5°."}
CALL = {"role": "assistant", "content": "", "tool_calls": [{"id": "call00001", "type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 2, "exact": None, "f": 1.0}}}]}
CALLS = {"role": "assistant", "content": None, "tool_calls": CALL["tool_calls"] + [{"id": "call00002", "type": "function", "function": {"name": "add", "arguments": "{\"a\": 1}"}}]}
RESULT = {"role": "tool", "name": "get_weather", "content": "{\"temp\": 21.5}", "tool_call_id": "call00001"}
OBJECT = {"role": "tool", "name": "add", "content": {"sum": [1, True, None]}, "tool_call_id": "call00002"}
PARTS = {"role": "user", "content": [{"type": "text", "text": " part one "}, {"type": "image"}, {"type": "text", "text": "part two"}]}

CONVERSATIONS = {
    "user": {"messages": [USER], "add_generation_prompt": True},
    "system": {"messages": [SYSTEM, USER, ANSWER, {"role": "user", "content": "  And tomorrow?  "}], "add_generation_prompt": True},
    "ended": {"messages": [USER, ANSWER], "add_generation_prompt": False},
    "tools": {"messages": [SYSTEM, USER, CALL, RESULT, ANSWER], "tools": TOOLS, "add_generation_prompt": False},
    "calls": {"messages": [USER, CALLS, RESULT, OBJECT], "tools": TOOLS, "add_generation_prompt": True, "enable_thinking": False},
    "parts": {"messages": [PARTS, {"role": "assistant", "reasoning_content": "Two parts.", "content": "Yes."}, USER], "add_generation_prompt": True, "enable_thinking": True},
    "twice": {"messages": [USER, USER]},
    "documents": {"messages": [USER], "documents": [{"title": "One", "text": "First.\n"}, {"doc_id": 7, "contents": "Second."}], "controls": {"length": "short"}, "add_generation_prompt": True},
}

TEMPLATES = {}
TEMPLATES["dated tools"] = r"""
{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not tools_in_user_message is defined %}{%- set tools_in_user_message = true %}{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- else %}{%- set date_string = "01 Jan 2020" %}{%- endif %}
{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "[system]\n" }}{%- if tools is not none %}{{- "Runtime: ipython\n" }}{%- endif %}
{{- "Today: " + date_string + "\n\n" }}
{%- if tools is not none and not tools_in_user_message %}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\n\n" }}{%- endfor %}
{%- endif %}
{{- system_message }}{{- "[end]" }}
{%- if tools_in_user_message and not tools is none %}
    {%- if messages | length != 0 %}
        {%- set first_user_message = messages[0]['content']|trim %}
        {%- set messages = messages[1:] %}
    {%- else %}{{- raise_exception("No first message to put the tools into") }}{%- endif %}
    {{- '[user]\n\n' -}}
    {%- for t in tools %}{{- t | tojson(indent=4) }}{{- "\n\n" }}{%- endfor %}
    {{- first_user_message + "[end]" }}
{%- endif %}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '[' + message['role'] + ']\n' + message['content'] | trim + '[end]' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls|length == 1 %}{{- raise_exception("One call at a time") }}{%- endif %}
        {%- set tool_call = message.tool_calls[0].function %}
        {{- '[assistant]\n{"name": "' + tool_call.name + '", "parameters": ' }}{{- tool_call.arguments | tojson }}{{- "}[end]" }}
    {%- else %}
        {{- "[ipython]\n" }}
        {%- if message.content is mapping or message.content is iterable %}{{- message.content | tojson }}{%- else %}{{- message.content }}{%- endif %}{{- "[end]" }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '[assistant]\n' }}{%- endif %}
"""
TEMPLATES["thinking"] = r"""
{%- if tools %}
    {{- '<|start|>system\n' }}
    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\n\n' }}{%- endif %}
    {{- "# Functions\n<tools>" }}{%- for tool in tools %}{{- "\n" }}{{- tool | tojson }}{%- endfor %}{{- "\n</tools><|end|>\n" }}
{%- elif messages[0].role == 'system' %}
    {{- '<|start|>system\n' + messages[0].content + '<|end|>\n' }}
{%- endif %}
{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
{%- for message in messages[::-1] %}
    {%- set index = (messages|length - 1) - loop.index0 %}
    {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<result>') and message.content.endswith('</result>')) %}
        {%- set ns.multi_step_tool = false %}
        {%- set ns.last_query_index = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- if message.content is string %}{%- set content = message.content %}{%- else %}{%- set content = '' %}{%- endif %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
        {{- '<|start|>' + message.role + '\n' + content + '<|end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {%- set reasoning_content = '' %}
        {%- if message.reasoning_content is string %}
            {%- set reasoning_content = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set reasoning_content = content.split('</think>')[0].rstrip('\n').split('<think>')[-1].lstrip('\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\n') %}
        {%- endif %}
        {%- if loop.index0 > ns.last_query_index and (loop.last or (not loop.last and reasoning_content)) %}
            {{- '<|start|>' + message.role + '\n<think>\n' + reasoning_content.strip('\n') + '\n</think>\n\n' + content.lstrip('\n') }}
        {%- else %}
            {{- '<|start|>' + message.role + '\n' + content }}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for tool_call in message.tool_calls %}
                {%- if (loop.first and content) or (not loop.first) %}{{- '\n' }}{%- endif %}
                {%- if tool_call.function %}{%- set tool_call = tool_call.function %}{%- endif %}
                {{- '<call>\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}
                {%- if tool_call.arguments is string %}{{- tool_call.arguments }}{%- else %}{{- tool_call.arguments | tojson }}{%- endif %}
                {{- '}\n</call>' }}
            {%- endfor %}
        {%- endif %}
        {{- '<|end|>\n' }}
    {%- elif message.role == "tool" %}
        {%- if loop.first or (messages[loop.index0 - 1].role != "tool") %}{{- '<|start|>user' }}{%- endif %}
        {{- '\n<result>\n' }}{{- content }}{{- '\n</result>' }}
        {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}{{- '<|end|>\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start|>assistant\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}
{%- endif %}
"""
TEMPLATES["flags"] = r"""{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}{% set ns = namespace(is_first=false, is_tool=false, is_output_first=true, system_prompt='', is_first_sp=true) %}{%- for message in messages %}{%- if message['role'] == 'system' %}{%- if ns.is_first_sp %}{% set ns.system_prompt = ns.system_prompt + message['content'] %}{% set ns.is_first_sp = false %}{%- else %}{% set ns.system_prompt = ns.system_prompt + '\n\n' + message['content'] %}{%- endif %}{%- endif %}{%- endfor %}{{ bos_token }}{{ ns.system_prompt }}{%- for message in messages %}{% set content = message['content'] %}{%- if message['role'] == 'user' %}{%- set ns.is_tool = false -%}{{'<|User|>' ~ content}}{%- endif %}{%- if message['role'] == 'assistant' and 'tool_calls' in message %}{%- set ns.is_tool = false -%}{%- set ns.is_first = false %}{%- for tool in message['tool_calls'] %}{%- if not ns.is_first %}{%- if content is none %}{{'<|Assistant|><|calls|><|call|>' + tool['type'] + '<|sep|>' + tool['function']['name'] + '\n' + '```json' + '\n' + (tool['function']['arguments']|string) + '\n' + '```' + '<|/call|>'}}{%- else %}{{'<|Assistant|>' + content + '<|calls|><|call|>' + tool['type'] + '<|sep|>' + tool['function']['name'] + '\n'}}{%- endif %}{%- set ns.is_first = true -%}{%- else %}{{'\n' + '<|call|>' + tool['type'] + '<|sep|>' + tool['function']['name']}}{%- endif %}{%- endfor %}{{'<|/calls|><|eos|>'}}{%- endif %}{%- if message['role'] == 'assistant' and 'tool_calls' not in message %}{%- if ns.is_tool %}{{'<|/outputs|>' + content + '<|eos|>'}}{%- set ns.is_tool = false -%}{%- else %}{% if '</think>' in content %}{% set content = content.split('</think>')[-1] %}{% endif %}{{'<|Assistant|>' + content + '<|eos|>'}}{%- endif %}{%- endif %}{%- if message['role'] == 'tool' %}{%- set ns.is_tool = true -%}{%- if ns.is_output_first %}{{'<|outputs|><|output|>' ~ content + '<|/output|>'}}{%- set ns.is_output_first = false %}{%- else %}{{'<|output|>' ~ content ~ '<|/output|>'}}{%- endif %}{%- endif %}{%- endfor -%}{% if ns.is_tool %}{{'<|/outputs|>'}}{% endif %}{% if add_generation_prompt and not ns.is_tool %}{{'<|Assistant|><think>\n'}}{% endif %}"""
TEMPLATES["alternation"] = r"""
{%- if messages[0]["role"] == "system" %}{%- set system_message = messages[0]["content"] %}{%- set loop_messages = messages[1:] %}{%- else %}{%- set loop_messages = messages %}{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}
{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in loop_messages %}
    {%- if not (message.role == "tool" or message.role == "tool_results" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}{{- raise_exception("After the optional system message, roles must alternate") }}{%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in loop_messages %}
    {%- if message["role"] == "user" %}
        {%- if tools is not none and (message == user_messages[-1]) %}
            {{- "[TOOLS] [" }}
            {%- for tool in tools %}
                {%- set tool = tool.function %}
                {{- '{"type": "function", "function": {' }}
                {%- for key, val in tool.items() if key != "return" %}
                    {%- if val is string %}{{- '"' + key + '": "' + val + '"' }}{%- else %}{{- '"' + key + '": ' + val|tojson }}{%- endif %}
                    {%- if not loop.last %}{{- ", " }}{%- endif %}
                {%- endfor %}
                {{- "}}" }}
                {%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" }}{%- endif %}
            {%- endfor %}
            {{- "[/TOOLS]" }}
        {%- endif %}
        {%- if loop.last and system_message is defined %}{{- "[INST] " + system_message + "\n\n" + message["content"] + "[/INST]" }}{%- else %}{{- "[INST] " + message["content"] + "[/INST]" }}{%- endif %}
    {%- elif message.tool_calls is defined and message.tool_calls is not none %}
        {{- "[CALLS] [" }}
        {%- for tool_call in message.tool_calls %}
            {%- set out = tool_call.function|tojson %}{{- out[:-1] }}
            {%- if not tool_call.id is defined or tool_call.id|length != 9 %}{{- raise_exception("Call ids have 9 characters") }}{%- endif %}
            {{- ', "id": "' + tool_call.id + '"}' }}{%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" + eos_token }}{%- endif %}
        {%- endfor %}
    {%- elif message["role"] == "assistant" %}{{- " " + message["content"]|trim + eos_token }}
    {%- elif message["role"] == "tool_results" or message["role"] == "tool" %}
        {%- if message.content is defined and message.content.content is defined %}{%- set content = message.content.content %}{%- else %}{%- set content = message.content %}{%- endif %}
        {{- '[RESULTS] {"content": ' + content|string + ", " }}{{- '"call_id": "' + message.tool_call_id + '"}[/RESULTS]' }}
    {%- else %}{{- raise_exception("Only user and assistant roles are supported") }}{%- endif %}
{%- endfor %}
"""
TEMPLATES["documents and macros"] = r"""
{%- macro document_turn(documents) -%}
{%- for doc in documents -%}
{{ '\n' if not loop.first }}Document {{ doc.doc_id if doc.doc_id is defined else loop.index0 }}:
{%- for key, value in doc.items() if key not in ['doc_id'] %}
{{ key ~ ': ' ~ (value|trim) }}
{%- endfor -%}
{%- endfor -%}
{%- endmacro -%}
{%- macro json_type(spec) -%}
{%- set basic = {"string": "str", "number": "float", "integer": "int", "boolean": "bool"} -%}
{%- if spec.type is string and spec.type in basic -%}{{ basic[spec.type] }}
{%- elif spec.type == "array" -%}list[{{ json_type(spec["items"]) if "items" in spec else "Any" }}]
{%- elif spec.type is iterable and spec.type is not string -%}
{%- if spec.type|length > 1 -%}Union[{%- for t in spec.type -%}{{ json_type({"type": t}) }}{{ "," if not loop.last }}{%- endfor -%}]{%- else -%}{{ json_type({"type": spec.type[0]}) }}{%- endif -%}
{%- else -%}Any{%- endif -%}
{%- endmacro -%}
{%- macro signature(tool) %}def {{ tool.name }}(
{%- for name, spec in tool.parameters.properties|dictsort %}
{{- name }}: {{ json_type(spec) }}{% if name not in tool.parameters.required|default([]) %} = None{% endif %}{{ ", " if not loop.last }}
{%- endfor %}): '{{ tool.description|replace('"', "'")|indent(4) }}'
{%- endmacro %}
{%- macro section(title) %}{{ '\n## ' ~ title ~ '\n' }}{{ caller(title|upper) }}{% endmacro %}
{{- bos_token }}<|turn|>system
{%- if messages[0].role == 'system' %}{% call(kind) section('Rules') %}{{ kind }}: {{ messages[0].content }}{% endcall %}{% endif %}
{%- if tools %}{% call(kind) section('Tools') %}{% for tool in tools|map(attribute='function') %}{{ signature(tool) }}{{ "\n" }}{% endfor %}{% endcall %}{% endif %}
{%- if documents %}{% call(kind) section('Documents') %}{{ document_turn(documents) }}{% endcall %}{% endif %}
{%- if controls %}{{ "\n" }}{% for k, v in controls|items %}{{ k ~ '=' ~ v }}{% endfor %}{% endif %}
{%- for message in messages if message.role != 'system' %}
<|turn|>{{ message.role|capitalize }}
{%- if message.content is string %}{{ '\n' + message.content|trim }}
{%- elif message.content is mapping %}{{ '\n' ~ message.content|tojson(indent=2, sort_keys=true) }}
{%- elif message.content %}{{ '\n' ~ message.content|selectattr('type', 'eq', 'text')|map(attribute='text')|map('trim')|join(' + ') }}{% endif %}
{%- for call in message.tool_calls|default([], true) %}{{ '\n- ' ~ call.function.name ~ ' ' ~ call.function.arguments }}{% endfor %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '\n<|turn|>Assistant\n' }}{% endif %}"""
TEMPLATES["renamed roles"] = r"""{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('No system role here') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<turn>' + role + '\n' }}{% if message['content'] is string %}{{ message['content'] | trim }}{% elif message['content'] is iterable %}{% for item in message['content'] %}{% if item['type'] == 'image' %}{{ '<img>' }}{% elif item['type'] == 'text' %}{{ item['text'] | trim }}{% endif %}{% endfor %}{% else %}{{ raise_exception("Invalid content type") }}{% endif %}{{ '</turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<turn>model\n'}}{% endif %}"""
TEMPLATES["reasoning modes"] = r"""{#- modes -#}
{%- set defaults = namespace(mode='/think', custom='') -%}
{%- set system_message = messages[0].content if messages[0].role == 'system' else none -%}
{%- if enable_thinking is defined -%}{%- set defaults.mode = '/think' if enable_thinking else '/no_think' -%}{%- endif -%}
{%- if system_message is not none -%}
  {%- if "/no_think" in system_message -%}{%- set defaults.mode = "/no_think" -%}{%- elif "/think" in system_message -%}{%- set defaults.mode = "/think" -%}{%- endif -%}
  {%- set defaults.custom = system_message.replace("/no_think", "").replace("/think", "").rstrip() -%}
{%- endif -%}
{{- "<|s|>system\n## Metadata\n\nCutoff: June 2025\nToday: " ~ strftime_now("%d %B %Y") ~ "\nMode: " + defaults.mode + "\n\n" -}}
{%- if defaults.custom -%}{{- "## Instructions\n\n" ~ defaults.custom ~ "\n\n" -}}{%- endif -%}
{%- if tools -%}
  {%- set listed = namespace(text="") -%}
  {%- for tool in tools -%}{%- set listed.text = listed.text ~ (tool | string) ~ "\n" -%}{%- endfor -%}
  {{- "### Tools\n\n" ~ listed.text -}}
{%- endif -%}
{%- for message in messages -%}
  {%- set content = message.content if message.content is string else "" -%}
  {%- if message.role == "user" -%}{{ "<|s|>" + message.role + "\n" + content + "<|e|>\n" }}
  {%- elif message.role == "assistant" -%}
    {% generation %}
    {%- if defaults.mode == "/think" -%}{{ "<|s|>assistant\n" ~ content.lstrip("\n") ~ "<|e|>\n" }}{%- else -%}{{ "<|s|>assistant\n" ~ "<think>\n\n</think>\n" ~ content.lstrip("\n") ~ "<|e|>\n" }}{%- endif -%}
    {% endgeneration %}
  {%- elif message.role == "tool" -%}{{ "<|s|>" ~ "user\n" ~ message.content ~ "<|e|>\n" }}{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{%- if defaults.mode == "/think" -%}{{ "<|s|>assistant\n" }}{%- else -%}{{ "<|s|>assistant\n" ~ "<think>\n\n</think>\n" }}{%- endif -%}{%- endif -%}
"""
TEMPLATES["grouped loops"] = r"""{% for role, group in messages|groupby('role') %}
{{ role }}: {{ group|length }}{{ ' (' ~ loop.index ~ '/' ~ loop.length ~ ')' }}
{% endfor %}
{% for row in messages|batch(2, none) %}{% for m in row %}{{ m.role if m is not none else '-' }}{{ ',' if not loop.last }}{% endfor %};{% endfor +%}
{% for m in messages %}{% if loop.previtem is defined and loop.previtem.role == m.role %}again {% endif %}{% if loop.nextitem is defined and loop.nextitem.role == 'tool' %}then a tool {% endif %}{% if loop.changed(m.role) %}changed {% endif %}{{ loop.cycle('odd', 'even') }} {{ loop.revindex0 }}{% if loop.index >= 3 %}{% break %}{% endif %}
{% else %}nothing{% endfor %}

{%- filter indent(2, first=true) %}{{ messages|map(attribute='role')|unique|sort|join('\n') }}{% endfilter %}
{%- set text | trim | upper %}  {{ messages[-1].role }}  {% endset %}{{ '%-12s|%5.2f|%03d' % (text, 3.14159, messages|length) }}
{{- "{0} {1:>6} {name!r}".format(text, 2.5, name='x') }}{% raw %}{{ raw }}{% endraw %}
{%- with first = messages[0], rest = messages[1:] %}{{ first.role ~ rest|length }}{% endwith %}{{ first is defined }}"""


def main():
    for kind, template in TEMPLATES.items():
        for name, conversation in CONVERSATIONS.items():
            context = {"bos_token": "<s>", "eos_token": "</s>", **conversation}
            case = {"name": f"{kind}: {name}", "template": template, "context": context}
            try:
                case["rendered"] = environment().from_string(template).render(**json.loads(json.dumps(context)))
            except Exception as error:
                case["error"] = f"{type(error).__name__}: {error}"
            print(json.dumps(case, ensure_ascii=False))


main()
