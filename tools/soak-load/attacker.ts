import { createRandom } from '../soak/random.ts'
import { attack } from './attack.ts'
import type { Attacked } from './hostile-requests.ts'

/** The process of the attack, so that the right client's times are its own. Its one argument is JSON. */
const { attacked, connections, seconds } = JSON.parse(process.argv[2] ?? '') as {
  attacked: Attacked
  connections: number
  seconds: number
}
const endMs = Date.now() + seconds * 1000
const results = await attack(attacked, {
  connections,
  random: createRandom(1),
  sizes: { large: 6_000_000, tooLarge: 11_000_000 },
  isOver: () => Date.now() >= endMs,
})
process.send?.(results)
