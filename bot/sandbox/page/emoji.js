// The emoji that people type by name, and those that rich text names by code points.

const NAMED = `
  +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 tada 🎉 smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 joy 😂 rofl 🤣 wink 😉
  blush 😊 slightly_smiling_face 🙂 upside_down_face 🙃 heart_eyes 😍 thinking_face 🤔 neutral_face 😐 confused 😕
  cry 😢 sob 😭 angry 😠 rage 😡 scream 😱 sweat_smile 😅 sunglasses 😎 sleeping 😴 mask 😷 face_with_thermometer 🤒
  heart ❤️ blue_heart 💙 green_heart 💚 yellow_heart 💛 broken_heart 💔 sparkling_heart 💖 wave 👋 clap 👏 pray 🙏
  raised_hands 🙌 ok_hand 👌 muscle 💪 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 eyes 👀 handshake 🤝
  white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ no_entry ⛔
  no_entry_sign 🚫 warning ⚠️ rotating_light 🚨 octagonal_sign 🛑 exclamation ❗ question ❓ information_source ℹ️
  large_green_circle 🟢 large_yellow_circle 🟡 large_orange_circle 🟠 red_circle 🔴 large_blue_circle 🔵
  white_circle ⚪ black_circle ⚫ white_large_square ⬜ black_large_square ⬛ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️
  arrow_down ⬇️ arrows_counterclockwise 🔄 leftwards_arrow_with_hook ↩️ clock1 🕐 clock3 🕒 hourglass ⌛
  hourglass_flowing_sand ⏳ alarm_clock ⏰ stopwatch ⏱️ calendar 📅 date 📅 spiral_calendar_pad 🗓️ pencil ✏️
  pencil2 ✏️ memo 📝 lock 🔒 unlock 🔓 key 🔑 mag 🔍 link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍 speech_balloon 💬
  bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 email ✉️ inbox_tray 📥 outbox_tray 📤 package 📦 file_folder 📁
  bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bulb 💡 gear ⚙️ wrench 🔧 hammer 🔨
  shield 🛡️ robot_face 🤖 bird 🐦 hospital 🏥 pill 💊 syringe 💉 stethoscope 🩺 adhesive_bandage 🩹 thermometer 🌡️
  microscope 🔬 test_tube 🧪 dna 🧬 ambulance 🚑 drop_of_blood 🩸 tooth 🦷 brain 🧠 lungs 🫁 microbe 🦠 apple 🍎
  baby 👶 older_woman 👵 older_man 👴 female-doctor 👩‍⚕️ male-doctor 👨‍⚕️ health_worker 🧑‍⚕️ wheelchair ♿ runner 🏃
  rocket 🚀 star ⭐ star2 🌟 sparkles ✨ fire 🔥 100 💯 zap ⚡ sunny ☀️ cloud ☁️ umbrella ☔ snowflake ❄️ rainbow 🌈
  earth_africa 🌍 tree 🌳 sunflower 🌻 rose 🌹 balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 coffee ☕ pizza 🍕 cake 🍰
  birthday 🎂 dog 🐶 cat 🐱 house 🏠 phone ☎️ iphone 📱 computer 💻 tv 📺 camera 📷 movie_camera 🎥 newspaper 📰
  books 📚 book 📖 scroll 📜 bookmark 🔖 label 🏷️ see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊 ghost 👻 skull 💀
  black_right_pointing_triangle_with_double_vertical_bar ⏯️ double_vertical_bar ⏸️ arrow_forward ▶️ wastebasket 🗑️
`;

const words = NAMED.trim().split(/\s+/);
const BY_NAME = new Map(
  words.flatMap((word, place) => (place % 2 ? [] : [[word, words[place + 1]]])),
);
const TONES = ["🏻", "🏼", "🏽", "🏾", "🏿"]; // skin-tone-2 … skin-tone-6

/** The emoji of a name, with its skin tone (2..6); undefined when the page does not know it. */
export function named(name, tone) {
  const emoji = BY_NAME.get(name);
  return emoji && emoji + (TONES[tone - 2] ?? "");
}

/** The emoji of a rich-text element: by `unicode` (code points in hex, joined by "-"), else by name. */
export function ofElement({ name, unicode, skin_tone: tone }) {
  if (!/^[0-9a-f]{1,6}(-[0-9a-f]{1,6})*$/i.test(unicode ?? ""))
    return named(name, tone) ?? `:${name}:`;
  const points = unicode.split("-").map((hex) => Number.parseInt(hex, 16));
  if (points.some((point) => point > 0x10ffff)) return `:${name}:`;
  const emoji = String.fromCodePoint(...points);
  const toned = points.some((point) => point >= 0x1f3fb && point <= 0x1f3ff);
  return toned ? emoji : emoji + (TONES[tone - 2] ?? "");
}

/** Text with the `:names:` that the page knows as emoji; others stay as typed. */
export const replaceNames = (text) =>
  text.replace(
    /:([a-z0-9_+'-]+):(?::skin-tone-([2-6]):)?/g,
    (typed, name, tone) => named(name, tone) ?? typed,
  );
